#pragma once
// One state of the index, which has the place of every event. Made from the log's bytes alone.
#include <eventstore/log/event_log.hpp>
#include <span>

#include "../index/expired.hpp"
#include "../index/index_slots.hpp"
#include "../index/tail_index.hpp"

namespace eventstore::engine {

/// The part of the log that a reader may see: all events up to one of them.
struct Bound {
  Position last{};
  format::Location location{};  ///< of the event at `last`
};

/// A stream, as far as a bound lets it be seen. Lifetime: that of the View that found it.
struct FoundStream {
  /// The part of the stream that one table or one tail has.
  struct Part {
    std::uint64_t first_version = 0;
    std::uint64_t count = 0;
    TailIndex::Stream* in_tail = nullptr;  ///< null if it is in a table
    const TailIndex* tail = nullptr;
    const Table* table = nullptr;
    StreamEntry entry{};  ///< in the table

    [[nodiscard]] std::uint64_t last_version() const { return first_version + count - 1; }
  };

  std::string_view name{};
  std::string_view organization{};
  std::uint64_t hash = 0;
  Version expired{};                      ///< the last of its versions that retention dropped; 0: none
  Position expired_first{};               ///< of its first event, if that was dropped
  Position expired_last{};                ///< of the event of version `expired`
  std::vector<Part> parts{};              ///< its parts in tables and tails, oldest first
  format::Location last{};                ///< of its last known event
  std::unique_ptr<const Error> damage{};  ///< damage that may hold later events of it; null: its end is known

  /// Null if `which` has no part of the stream.
  [[nodiscard]] TailIndex::Stream* part_in(const TailIndex* which) const {
    return parts.empty() || parts.back().tail != which ? nullptr : parts.back().in_tail;
  }
  [[nodiscard]] Version head() const { return parts.empty() ? expired : Version{parts.back().last_version()}; }
};

/// Threads: never changed once it is shared, except that the last tail grows, and that missing or damaged index files
/// are made again. Errors of all members: corrupt_record; those of opening files.
struct View {
  Hashing hashing{};                                   ///< of streams and ids
  std::shared_ptr<const Expired> expired{};            ///< the dropped segments before all others; may be null
  std::vector<std::shared_ptr<const Block>> blocks{};  ///< by segment number - 1; null where it expired
  std::vector<std::shared_ptr<const IndexedSegment>> segments{};  ///< with index files, oldest first
  std::vector<std::shared_ptr<const TableSlot>> tables{};         ///< of the same segments, oldest first
  std::vector<std::shared_ptr<TailIndex>> tails{};                ///< the stretches after them; only the last one grows
  format::Location covered_end{};                                 ///< what is before it has index files
  std::shared_ptr<DamageList> damages = std::make_shared<DamageList>();

  /// The segment in which the log continues; null before the first segment.
  [[nodiscard]] const TailIndex* growing_tail() const { return tails.empty() ? nullptr : tails.back().get(); }
  /// The last position, for the code that adds events.
  [[nodiscard]] Position last() const;
  /// The last position that retention dropped; 0: none.
  [[nodiscard]] Position expired_last() const { return expired == nullptr ? Position{0} : expired->last(); }

  /// The record of that kind at a location.
  [[nodiscard]] Result<const std::byte*> record(format::Location location,
                                                format::RecordKind kind = format::RecordKind::event) const;
  /// As record(), if this process indexed or touched it; otherwise null.
  [[nodiscard]] const std::byte* known_record(format::Location location) const {
    return known_record_in(*blocks[location.segment() - 1], location);
  }
  /// Likewise; `block` is that of its segment. An index file may name any place: only what was checked is believed.
  [[nodiscard]] const std::byte* known_record_in(const Block& block, format::Location location) const {
    return location < covered_end || block.has_failed() ? block.record(location.offset()) : block.at(location.offset());
  }
  void prefetch(format::Location location, std::uint32_t lines) const {
    blocks[location.segment() - 1]->prefetch(location.offset(), lines);
  }

  /// Fills `into` with the locations of the events from `first` on, all of which exist; 0 for an event that was lost to
  /// damage. Errors: also expired.
  [[nodiscard]] Result<void> locate(Position first, std::span<format::Location> into) const;
  [[nodiscard]] Result<format::Location> at(Position position) const;
  [[nodiscard]] Result<Bound> bound(Position last) const;

  [[nodiscard]] Result<FoundStream> find(std::string_view name, std::uint64_t hash, const Bound& bound) const;
  /// Fills `into` with the locations of the stream's events from `first_version` on; 0 for an event that was lost to
  /// damage.
  [[nodiscard]] Result<void> locate(const FoundStream& stream, std::uint64_t first_version,
                                    std::span<format::Location> into) const;
  /// The event of the stream with `id` and its Hashing::id; 0 if there is none.
  [[nodiscard]] Result<format::Location> find_event(const FoundStream& stream, const EventId& id,
                                                    std::uint64_t hash) const;
  /// The record of the command's outcome in a stream, if it stands before `end`; 0 if there is none.
  [[nodiscard]] Result<format::Location> find_outcome(std::string_view stream, std::uint64_t stream_hash,
                                                      const Uuid& command_id, format::Location end) const;
  [[nodiscard]] Result<StreamInfo> info(const FoundStream& stream) const;
  /// The first name after `name`, or from `prefix` on if that comes later; absent after the last. It may be the name of
  /// a stream that readers may not see yet.
  [[nodiscard]] Result<std::optional<std::string>> name_after(std::string_view name, std::string_view prefix) const;

  /// Whether a segment after those with index files has bytes that could not be read, and are zeros.
  [[nodiscard]] bool has_failed_tail() const;
  /// The segment with index files that has `position`; null if a tail has it.
  [[nodiscard]] const IndexedSegment* segment_of(Position position) const;
  /// The error for another event than the wanted one at `location`: it names the index file that misled.
  [[nodiscard]] Error misplaced(format::Location location, bool is_of_stream) const;
  /// After an error: makes the index file again that the error names or, if it names a segment that is whole, the index
  /// files of that segment. False if there is nothing to make again.
  [[nodiscard]] Result<bool> remake_index(const Error& error) const;

 private:
  // The bytes of a record in a tail; zeros if the disk cannot read it any more, which the caller of all this notices.
  [[nodiscard]] const std::byte* in_tail(format::Location location) const {
    return blocks[location.segment() - 1]->at(location.offset());
  }
  template <class IsIt>
  [[nodiscard]] Result<format::Location> find_by_checking(const FoundStream::Part& part, IsIt is_it) const;
  [[nodiscard]] Result<bool> remake_indexes_of(const std::string& segment_path) const;
};

}  // namespace eventstore::engine
