#include <eventstore/schema/detail/sample_choice.hpp>

#include "edge_cases.hpp"

#include "scrub.hpp"

#include <algorithm>
#include <map>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t combinations_max = 1000;

// An order that does not depend on when they were offered.
bool is_simpler(BytesView a, BytesView b) {
  if (a.size() != b.size()) return a.size() < b.size();
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

std::size_t count_new(const EdgeCases& cases, const EdgeCases& shown) {
  return static_cast<std::size_t>(std::count_if(cases.begin(), cases.end(), [&](const EdgeCase& each) {
    return !std::binary_search(shown.begin(), shown.end(), each);
  }));
}

void add(EdgeCases& shown, const EdgeCases& cases) {
  EdgeCases both;
  std::set_union(shown.begin(), shown.end(), cases.begin(), cases.end(), std::back_inserter(both));
  shown = std::move(both);
}

}  // namespace

struct SampleChoice::Offers {
  std::map<EdgeCases, Bytes> simplest;
};

SampleChoice::SampleChoice(const Type& type) : type_{&type}, offers_{std::make_unique<Offers>()} {}
SampleChoice::~SampleChoice() = default;
SampleChoice::SampleChoice(SampleChoice&&) noexcept = default;
SampleChoice& SampleChoice::operator=(SampleChoice&&) noexcept = default;

Result<void> SampleChoice::offer(BytesView payload) {
  auto cases = edge_cases(*type_, payload);
  if (!cases)
    return failure(Errc::corrupt_record, "sample", "", "the bytes are not a value of the schema that they name");
  auto& simplest = offers_->simplest;
  const auto place = simplest.find(*cases);
  if (place == simplest.end()) {
    if (simplest.size() < combinations_max) simplest.emplace(std::move(*cases), Bytes(payload.begin(), payload.end()));
  } else if (is_simpler(payload, place->second)) {
    place->second.assign(payload.begin(), payload.end());
  }
  return {};
}

Result<std::vector<Bytes>> SampleChoice::chosen() const {
  std::vector<Bytes> samples;
  EdgeCases shown;
  while (samples.size() < samples_of_a_schema_max) {
    const std::pair<const EdgeCases, Bytes>* best = nullptr;
    std::size_t best_count = 0;
    for (const auto& offered : offers_->simplest) {
      const auto count = count_new(offered.first, shown);
      const bool first = best == nullptr && samples.empty();  // a record without fields has no edge cases
      if (!first && count == 0) continue;
      if (first || count > best_count || (count == best_count && is_simpler(offered.second, best->second))) {
        best = &offered;
        best_count = count;
      }
    }
    if (best == nullptr) break;
    add(shown, best->first);
    EVENTSTORE_TRY_ASSIGN(auto scrubbed, scrub(*type_, best->second));
    samples.push_back(std::move(scrubbed));
  }
  return samples;
}

}  // namespace v1
}  // namespace eventstore
