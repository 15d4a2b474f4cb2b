#include "event_delivery.hpp"

#include <algorithm>

namespace eventstore::engine {
namespace {

using format::Location;

// Makes events of records; those in a row share what was found for the one before.
class Records {
 public:
  explicit Records(const View& view) : view_{view} {}

  // Null where it was not touched before.
  [[nodiscard]] const std::byte* known(Location location) {
    if (location.segment() != segment_) {
      segment_ = location.segment();
      block_ = view_.blocks[segment_ - 1].get();
    }
    return view_.known_record_in(*block_, location);
  }

  [[nodiscard]] RecordedEvent event(const std::byte* record) {
    const auto prefix = format::load<format::RecordPrefix>(record);
    if (const auto* const commit = record - prefix.commit_distance; commit != commit_) {
      const auto header = format::load<format::CommitHeader>(commit);
      commit_ = commit;
      first_position_ = header.first_position;
      recorded_at_ = Timestamp{header.recorded_at};
    }
    return format::event_in(record, Position{first_position_ + prefix.ordinal}, recorded_at_);
  }

 private:
  const View& view_;
  std::uint32_t segment_ = 0;  // of block_; there is no segment 0
  const Block* block_ = nullptr;
  const std::byte* commit_ = nullptr;  // of the next two
  std::uint64_t first_position_ = 0;
  Timestamp recorded_at_{};
};

// Has the memory fetched of the events that come after the one that is being delivered: waiting for each in turn would
// take most of the time.
class Fetching {
 public:
  Fetching(const View& view, std::span<const Location> locations)
      // Some records that stand in a row share a page.
      : view_{view}, locations_{locations}, is_scattered_{spread(locations) > locations.size() * page_bytes / 4} {
    // The translations of their addresses take longest, and several can be looked up at once.
    if (is_scattered_)
      for (const auto location : locations)
        if (location != Location{}) view.prefetch(location, 1);
    for (std::size_t i = 0; i < record_lead; ++i) fetch_record(i);
  }
  /// `record` is that of the event i, which is delivered next.
  void before(std::size_t i, const std::byte* record) {
    // In a row the next records are so far on, whatever stands there.
    if (!is_scattered_) return fetch_lines(reinterpret_cast<std::uintptr_t>(record) + bytes_ahead, record_lines);
    fetch_record(i + record_lead);
    fetch_commit(i + commit_lead);
  }

 private:
  static constexpr std::uint64_t page_bytes = 4096;
  static constexpr std::uint32_t record_lines = 7;  // a record of some 400 bytes, or the beginning of a larger one
  // Enough for memory to answer in time, and no more than the processor can wait for at once.
  static constexpr std::size_t record_lead = 3;
  static constexpr std::uintptr_t bytes_ahead = 2304;
  static constexpr std::size_t commit_lead = 2;  // by then the record is there, which tells where its commit begins

  static std::uint64_t spread(std::span<const Location> locations) {
    if (locations.empty()) return 0;
    const auto [low, high] = std::minmax(locations.front().value, locations.back().value);
    return high - low;
  }
  void fetch_record(std::size_t i) {
    if (i < locations_.size() && locations_[i] != Location{}) view_.prefetch(locations_[i], record_lines);
  }
  void fetch_commit(std::size_t i) {
    if (i >= locations_.size() || locations_[i] == Location{}) return;
    if (const auto* const record = view_.known_record(locations_[i]))
      __builtin_prefetch(record - format::load<format::RecordPrefix>(record).commit_distance);
  }

  const View& view_;
  std::span<const Location> locations_;
  bool is_scattered_;
};

}  // namespace

Error event_missing(Position position) {
  return Error{Errc::corrupt_record, "read", {}, "the event is missing", position};
}

Delivered deliver(const View& view, std::span<const Location> locations, const Wanted& wanted, Visitor visitor) {
  Records records{view};
  Fetching fetching{view, locations};
  Delivered delivered;
  Bytes clear;  // of the event at hand
  for (std::size_t i = 0; i < locations.size(); ++i) {
    const auto location = locations[i];
    if (location == Location{}) {
      delivered.error = view.damages->first().value_or(event_missing({}));
      return delivered;
    }
    const auto* record = records.known(location);
    if (record == nullptr) {
      auto checked = view.record(location);
      if (!checked) {
        delivered.error = std::move(checked.error());
        return delivered;
      }
      record = *checked;
    }
    auto event = records.event(record);
    if (location < view.covered_end && !wanted.is(i, event)) {
      delivered.error = view.misplaced(location, !wanted.stream.empty());
      return delivered;
    }
    if (event.encryption_key == encrypted_values && wanted.opener != nullptr) [[unlikely]] {
      if (auto opened = wanted.opener->open(event, clear); !opened) {
        delivered.error = std::move(opened.error());
        return delivered;
      }
    }
    ++delivered.count;
    fetching.before(i, record);
    if (!visitor(event)) {
      delivered.is_stopped = true;
      return delivered;
    }
  }
  return delivered;
}

}  // namespace eventstore::engine
