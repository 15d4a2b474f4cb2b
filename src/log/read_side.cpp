#include "read_side.hpp"

#include <algorithm>
#include <mutex>
#include <numeric>

namespace eventstore::inline v1 {
namespace {

using format::Location;

// A filter that admits little must not make one call read the whole log.
constexpr std::size_t scanned_max = 65536;
constexpr std::size_t candidates_max = 4096;

// The numbers first to last that a page of a sequence 1 to `head` covers; empty where first > last.
struct Range {
  std::uint64_t first = 1;
  std::uint64_t last = 0;
  [[nodiscard]] std::size_t count() const { return last < first ? 0 : last - first + 1; }
};

Range range_of(std::uint64_t from, std::uint64_t head, Direction direction, std::size_t limit) {
  if (direction == Direction::forward) {
    const auto first = std::max<std::uint64_t>(from, 1);
    if (first > head) return {};
    return {first, first + std::min<std::uint64_t>(limit, head - first + 1) - 1};
  }
  const auto last = from == 0 ? head : std::min(from, head);
  return {last - std::min<std::uint64_t>(limit, last) + 1, last};
}

// Where the read goes on after `range`, and whether there is anything.
void finish(Page& page, const Range& range, std::uint64_t from, std::uint64_t head, Direction direction) {
  if (direction == Direction::forward) {
    page.next = range.count() == 0 ? std::max<std::uint64_t>(from, 1) : range.last + 1;
    page.at_end = page.next > head;
  } else {
    page.next = range.count() == 0 ? (from == 0 ? head : std::min(from, head)) : range.first - 1;
    page.at_end = page.next == 0;
  }
}

template <class Numbers> std::vector<Location> locations_in(const Range& range, Direction direction, Numbers at) {
  std::vector<Location> locations;
  locations.reserve(range.count());
  for (std::size_t i = 0; i < range.count(); ++i)
    locations.push_back(at(direction == Direction::forward ? range.first + i : range.last - i));
  return locations;
}

Range up_to_damage(const Range& range, Direction direction, std::size_t readable) {
  if (direction == Direction::forward) return {range.first, range.first + readable - 1};
  return {range.last - readable + 1, range.last};
}

StreamInfo info_of(const LogIndex& index, const LogIndex::Stream& stream) {
  const auto position_of = [&](Location location) {
    return location == Location{} ? Position{0} : format::event_at(index.resolve(location)).position;
  };
  return {std::string{stream.name()}, std::string{stream.tenant()}, stream.head(), position_of(stream.events.front()),
          position_of(stream.events.back())};
}

}  // namespace

Result<Page> ReadSide::read_stream(const StreamId& stream, const ReadStream& options) const {
  Page page;
  std::vector<Location> locations;
  {
    const std::shared_lock shared{mutex_};
    const auto* const found = index_.find(stream.text());
    const auto* const damage = index_.damage_past(found);
    const auto head = found == nullptr ? 0 : found->head().value;
    auto range = range_of(options.from.value, head, options.direction, options.limit);
    if (found != nullptr)
      locations =
          locations_in(range, options.direction, [&](std::uint64_t version) { return found->events[version - 1]; });
    const auto lost = std::find(locations.begin(), locations.end(), Location{});
    if (lost != locations.end()) {
      if (lost == locations.begin()) return failure(index_.damages().front().error);
      range = up_to_damage(range, options.direction, static_cast<std::size_t>(lost - locations.begin()));
      locations.erase(lost, locations.end());
    }
    finish(page, range, options.from.value, head, options.direction);
    const bool needs_end =
        options.direction == Direction::forward ? page.at_end : options.from.value == 0 || options.from.value > head;
    if (damage != nullptr && needs_end) {
      if (locations.empty() || options.direction == Direction::backward) return failure(damage->error);
      page.at_end = false;  // the next page tells of the damage
    }
    page.pin = index_.blocks();
  }
  const auto& blocks = *static_cast<const Blocks*>(page.pin.get());
  page.events.reserve(locations.size());
  for (const auto location : locations) page.events.push_back(format::event_at(resolve(blocks, location)));
  return page;
}

struct ReadSide::Candidates {
  std::vector<Location> locations;
  std::shared_ptr<const Blocks> blocks;
  std::uint64_t head = 0;
  Range range;
};

Result<ReadSide::Candidates> ReadSide::candidates(Position from, Direction direction, std::size_t limit) const {
  Candidates found;
  const std::shared_lock shared{mutex_};
  found.head = index_.head().value;
  found.blocks = index_.blocks();
  found.range = range_of(from.value, found.head, direction, limit);
  found.locations = locations_in(found.range, direction, [&](std::uint64_t at) { return index_.at(Position{at}); });
  const auto lost = std::find(found.locations.begin(), found.locations.end(), Location{});
  const auto readable = static_cast<std::size_t>(lost - found.locations.begin());
  if (lost != found.locations.end()) {
    const auto position = direction == Direction::forward ? found.range.first + readable : found.range.last - readable;
    if (readable == 0) return failure(index_.damage_at(Position{position})->error);
    found.range = up_to_damage(found.range, direction, readable);
    found.locations.erase(lost, found.locations.end());
  }
  return found;
}

Result<Page> ReadSide::read_all(const ReadAll& options) const {
  Page page;
  Position from = options.from;
  std::size_t scanned = 0;
  for (bool first = true;; first = false) {
    const auto missing = options.limit - page.events.size();
    auto found =
        candidates(from, options.direction, options.filter.is_empty() ? missing : std::min(missing, candidates_max));
    if (!found && !first && found.error().code == Errc::corrupt_record) return page;  // the next page tells of it
    if (!found) return failure_of(found);
    page.pin = found->blocks;  // holds the earlier rounds' too: blocks only ever join
    if (options.filter.is_empty()) page.events.reserve(found->locations.size());
    for (const auto location : found->locations) {
      auto event = format::event_at(resolve(*found->blocks, location));
      if (options.filter.admits(event)) page.events.push_back(event);
    }
    finish(page, found->range, from.value, found->head, options.direction);
    scanned += found->locations.size();
    if (options.filter.is_empty() || page.at_end || page.events.size() == options.limit || scanned >= scanned_max)
      return page;
    from = Position{page.next};
  }
}

Result<Page> ReadSide::find(const StreamId& stream, const EventId& id) const {
  const std::shared_lock shared{mutex_};
  const auto* const record = index_.find(stream.text(), id);
  if (record == nullptr) {
    if (!index_.damages().empty()) return failure(index_.damages().front().error);
    return failure(Errc::not_found, "find event", stream.text(), "no event " + id.to_string());
  }
  Page page;
  page.pin = index_.blocks();
  page.events.push_back(format::event_at(record));
  return page;
}

Result<Version> ReadSide::head(const StreamId& stream) const {
  const std::shared_lock shared{mutex_};
  const auto* const found = index_.find(stream.text());
  if (const auto* const damage = index_.damage_past(found)) return failure(damage->error);
  return found == nullptr ? Version{0} : found->head();
}

Position ReadSide::head() const {
  const std::shared_lock shared{mutex_};
  return index_.head();
}

Result<StreamInfo> ReadSide::info(const StreamId& stream) const {
  const std::shared_lock shared{mutex_};
  const auto* const found = index_.find(stream.text());
  if (const auto* const damage = index_.damage_past(found)) return failure(damage->error);
  if (found == nullptr) return failure(Errc::not_found, "describe stream", stream.text(), "no such stream");
  return info_of(index_, *found);
}

void ReadSide::sort_names() const {
  const auto by_name = [&](std::uint32_t a, std::uint32_t b) {
    return index_.streams()[a].name() < index_.streams()[b].name();
  };
  const auto known = sorted_.size();
  sorted_.resize(index_.streams().size());
  const auto fresh = sorted_.begin() + static_cast<std::ptrdiff_t>(known);
  std::iota(fresh, sorted_.end(), static_cast<std::uint32_t>(known));
  std::sort(fresh, sorted_.end(), by_name);
  std::inplace_merge(sorted_.begin(), fresh, sorted_.end(), by_name);
}

Result<std::vector<StreamInfo>> ReadSide::streams(std::string_view category, std::string_view after,
                                                  std::size_t limit) const {
  const std::shared_lock shared{mutex_};
  if (!index_.damages().empty()) return failure(index_.damages().front().error);
  const std::unique_lock listing{listing_mutex_};
  sort_names();
  const std::string prefix = category.empty() ? std::string{} : std::string{category} + '-';
  const auto name_of = [&](std::uint32_t number) { return index_.streams()[number].name(); };
  auto next = std::partition_point(sorted_.begin(), sorted_.end(), [&](std::uint32_t number) {
    return name_of(number) < prefix || (!after.empty() && name_of(number) <= after);
  });
  std::vector<StreamInfo> infos;
  for (; next != sorted_.end() && infos.size() < limit && name_of(*next).starts_with(prefix); ++next)
    infos.push_back(info_of(index_, index_.streams()[*next]));
  return infos;
}

Result<BytesView> ReadSide::schema(const SchemaId& id) const {
  const std::shared_lock shared{mutex_};
  if (const auto descriptor = index_.schema(id)) return *descriptor;
  if (!index_.damages().empty()) return failure(index_.damages().front().error);
  return failure(Errc::not_found, "find schema", id.digest.to_string(), "no event was written under it");
}

std::vector<SchemaRecord> ReadSide::schemas() const {
  const std::shared_lock shared{mutex_};
  return index_.schemas();
}

Result<std::uint64_t> ReadSide::checksum_at(Position position) const {
  if (position == Position{0}) return 0;
  const std::shared_lock shared{mutex_};
  if (position > index_.head())
    return failure(Error{Errc::not_found, "find the checksum", {}, "the log does not reach that far", position});
  const auto location = index_.at(position);
  if (location == Location{}) return failure(index_.damage_at(position)->error);
  return format::commit_of(index_.resolve(location)).checksum;
}

}  // namespace eventstore::inline v1
