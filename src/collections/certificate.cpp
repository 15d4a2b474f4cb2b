#include <eventstore/collections/certificate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t digits = 16;  // of a half

std::optional<std::uint64_t> half_of(std::string_view text) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (!std::ranges::all_of(text, is_digit)) return std::nullopt;
  std::uint64_t half = 0;
  std::from_chars(text.data(), text.data() + text.size(), half, 16);
  return half;
}

}  // namespace

std::string Digest128::to_string() const { return fmt::format("{:016x}{:016x}", high, low); }

Result<Digest128> Digest128::parse(std::string_view text) {
  const auto high = half_of(text.substr(0, digits));
  const auto low = half_of(text.substr(std::min(digits, text.size())));
  if (text.size() == 2 * digits && high && low) return Digest128{*high, *low};
  return failure(Errc::invalid_argument, "read digest", std::string{text}, "a digest has 32 hexadecimal digits");
}

void add_type_counts(std::vector<TypeCount>& all, const std::vector<TypeCount>& counts) {
  const auto key = [](const TypeCount& each) { return std::tie(each.category, each.type); };
  for (const auto& one : counts) {
    const auto at = std::ranges::lower_bound(all, key(one), {}, key);
    if (at == all.end() || key(*at) != key(one))
      all.insert(at, one);
    else
      at->events += one.events;
  }
}

}  // namespace v1
}  // namespace eventstore
