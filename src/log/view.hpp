#pragma once
// One state of the index: where every event stands. Made from the log's bytes alone.
#include <eventstore/log/event_log.hpp>
#include <span>

#include "blocks.hpp"
#include "tail_index.hpp"

namespace eventstore::inline v1 {

/// A stretch of positions whose events cannot be read, and why.
struct Damage {
  Position first{};
  Position last{};
  format::Location location{};
  Error error;
};

/// What a reader may see: everything up to an event.
struct Bound {
  Position last{};
  format::Location location{};  ///< of the event at `last`
};

/// A stream, as far as a bound lets it be seen. Lifetime: that of the View that found it.
struct FoundStream {
  struct Part {
    std::uint64_t first_version = 0;
    std::uint32_t count = 0;
    const TailIndex::Stream* tail = nullptr;
    const TailIndex* in = nullptr;

    [[nodiscard]] std::uint64_t last_version() const { return first_version + count - 1; }
  };

  std::string_view name{};
  std::string_view tenant{};
  std::uint64_t hash = 0;
  std::vector<Part> parts{};       ///< oldest first
  const Damage* damage = nullptr;  ///< may hold later events of the stream; null: its end is known

  [[nodiscard]] Version head() const { return Version{parts.empty() ? 0 : parts.back().last_version()}; }
};

/// Threads: never changed once it is shared, but for the last tail, which grows.
struct View {
  std::vector<std::shared_ptr<const Block>> blocks;  ///< by segment number - 1
  std::vector<std::shared_ptr<TailIndex>> tails;     ///< oldest first; only the last one grows
  std::vector<Damage> damages;

  /// The record at a location. Errors: corrupt_record, those of opening the segment.
  [[nodiscard]] Result<const std::byte*> record(format::Location location) const;
  /// As record(), where it was touched before; else null.
  [[nodiscard]] const std::byte* known_record(format::Location location) const {
    return blocks[location.segment() - 1]->record(location.offset());
  }

  /// The tail that has `position`, which must be there.
  [[nodiscard]] const TailIndex& tail_of(Position position) const;
  /// 0 where damage took the event.
  [[nodiscard]] Result<format::Location> at(Position position) const { return tail_of(position).at(position); }
  [[nodiscard]] Result<Bound> bound(Position last) const;

  [[nodiscard]] Result<FoundStream> find(std::string_view name, std::uint64_t hash, const Bound& bound) const;
  /// Fills `into` with the locations of the stream's events from `first_version` on; 0 for one that damage took.
  [[nodiscard]] Result<void> locate(const FoundStream& stream, std::uint64_t first_version,
                                    std::span<format::Location> into) const;
  /// The event with `id` in the stream; 0 where there is none. Errors: corrupt_record.
  [[nodiscard]] Result<format::Location> find_event(const FoundStream& stream, const EventId& id) const;
  /// Errors: corrupt_record, where its first or last event cannot be read.
  [[nodiscard]] Result<StreamInfo> info(const FoundStream& stream) const;
  /// The first name after `name`, or from `prefix` on where that comes later; nothing after the last. It may be that of
  /// a stream that is not to be seen yet.
  [[nodiscard]] Result<std::optional<std::string>> name_after(std::string_view name, std::string_view prefix) const;

  void prefetch(format::Location location) const { blocks[location.segment() - 1]->prefetch(location.offset()); }

  [[nodiscard]] const Damage* damage_at(Position position) const;
  /// Damage that may hold events of a stream whose last known one stands at `last`; null: its end is known.
  [[nodiscard]] const Damage* damage_past(format::Location last) const;
};

}  // namespace eventstore::inline v1
