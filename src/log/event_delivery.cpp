#include "event_delivery.hpp"

namespace eventstore::inline v1 {
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
    return block_->record(location.offset());
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

}  // namespace

void prefetch(const View& view, std::span<const Location> locations) {
  for (const auto location : locations)
    if (location != Location{}) view.prefetch(location);
  for (const auto location : locations) {
    if (location == Location{}) break;
    if (const auto* const record = view.known_record(location))
      __builtin_prefetch(record - format::load<format::RecordPrefix>(record).commit_distance);
  }
}

Delivered deliver(const View& view, std::span<const Location> locations, Visitor visitor) {
  Records records{view};
  Delivered delivered;
  for (const auto location : locations) {
    if (location == Location{}) {
      delivered.error = view.damages->first().value_or(Error{Errc::corrupt_record, "read", {}, "the event is missing"});
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
    ++delivered.count;
    if (!visitor(records.event(record))) {
      delivered.is_stopped = true;
      return delivered;
    }
  }
  return delivered;
}

}  // namespace eventstore::inline v1
