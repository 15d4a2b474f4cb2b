#include "trace_index.hpp"

#include <eventstore/log/metadata.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr int hash_bits = 32;

std::uint32_t hash_of(std::string_view text) { return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text)); }

// Ids that people write often differ in their last digits alone, which std::hash<Uuid> may not see in 32 bits.
std::uint32_t hash_of(const Uuid& id) {
  return hash_of({reinterpret_cast<const char*>(id.octets.data()), id.octets.size()});
}

// Enough parts for all processors, and few of them in a large log, because each answer looks into all.
RangeSizes part_sizes(std::uint64_t events) {
  constexpr std::uint64_t smallest = 65'536;
  constexpr std::uint64_t largest = 1U << 20U;
  const auto size = std::clamp(events / (4 * scan_places()), smallest, largest);
  return {size, size};
}

}  // namespace

Result<TraceIndex::Part> TraceIndex::index_of(const EventLog& log, const PositionRange& range) {
  Part part{range.first, {}, {}, {}};
  part.ids.reserve(range.size());
  Metadata metadata;
  Result<void> read;
  const auto add = [&](const RecordedEvent& event) {
    read = metadata_into(event, metadata);
    if (!read) return false;
    const auto place = event.position.value - range.first.value;
    const auto entry = [place](std::uint32_t hash) { return std::uint64_t{hash} << hash_bits | place; };
    part.ids.push_back(entry(hash_of(event.id.uuid)));
    if (!metadata.causation_id.empty())
      if (const auto cause = Uuid::parse(metadata.causation_id)) part.causes.push_back(entry(hash_of(*cause)));
    if (!metadata.correlation_id.empty()) part.correlations.push_back(entry(hash_of(metadata.correlation_id)));
    return true;
  };
  EVENTSTORE_TRY(visit_range(log, range, {}, add));
  EVENTSTORE_TRY(std::move(read));
  for (auto* const entries : {&part.ids, &part.causes, &part.correlations}) {
    entries->shrink_to_fit();
    std::sort(entries->begin(), entries->end());
  }
  return part;
}

Result<TraceIndex> TraceIndex::make(const EventLog& log, const OnScanned& on_scanned) {
  EVENTSTORE_TRY_ASSIGN(const auto range, all_positions(log));
  TraceIndex index;
  std::vector<Part> made(scan_places());
  const auto work = [&](const PositionRange& part, std::size_t place) -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(made[place], index_of(log, part));
    return {};
  };
  const auto keep = [&](std::size_t places, std::uint64_t done) -> Result<bool> {
    std::move(made.begin(), made.begin() + static_cast<std::ptrdiff_t>(places), std::back_inserter(index.parts_));
    if (on_scanned) on_scanned(done, range.size());
    return true;
  };
  EVENTSTORE_TRY(scan(range, Direction::forward, part_sizes(range.size()), work, keep));
  return index;
}

std::vector<Position> TraceIndex::find(Entries Part::*entries, std::uint32_t hash) const {
  std::vector<Position> found;
  const auto first = std::uint64_t{hash} << hash_bits;
  for (const auto& part : parts_) {
    const auto& all = part.*entries;
    for (auto at = std::lower_bound(all.begin(), all.end(), first); at != all.end() && *at >> hash_bits == hash; ++at)
      found.push_back(part.first.plus(*at - first));
  }
  return found;
}

std::vector<Position> TraceIndex::with_id(const Uuid& id) const { return find(&Part::ids, hash_of(id)); }
std::vector<Position> TraceIndex::caused_by(const Uuid& id) const { return find(&Part::causes, hash_of(id)); }
std::vector<Position> TraceIndex::with_correlation(std::string_view id) const {
  return find(&Part::correlations, hash_of(id));
}

}  // namespace v1
}  // namespace eventstore
