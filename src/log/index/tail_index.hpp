#pragma once
// The index of a stretch of the log in memory, for events that have no index file yet.
#include <atomic>
#include <eventstore/log/event.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <optional>

#include "../bytes/format.hpp"
#include "../containers/arena.hpp"
#include "../containers/hashing.hpp"
#include "../containers/id_table.hpp"
#include "../containers/name_table.hpp"
#include "../containers/stable_vector.hpp"
#include "table_format.hpp"

namespace eventstore::engine {

/// The locations of one stream's events, in the order of their versions. Threads: one adds, others read.
class LocationList {
 public:
  /// The number of locations. For a reader it may be out of date at once, but never too large.
  [[nodiscard]] std::uint32_t size() const { return size_.load(std::memory_order_acquire); }
  [[nodiscard]] format::Location operator[](std::uint32_t index) const;
  void push_back(format::Location location, Arena& arena);
  /// The number of locations at or before `last`.
  [[nodiscard]] std::uint32_t size_up_to(format::Location last) const;

 private:
  static constexpr std::uint32_t own_capacity = 4;
  struct Chunk {
    std::uint32_t capacity;
    Chunk* next;
    format::Location* items;
  };

  std::atomic<std::uint32_t> size_{0};
  std::uint32_t room_ = own_capacity;  // of what is allocated; the writer's
  format::Location own_[own_capacity];
  Chunk* first_ = nullptr;  // each is twice as long as the one before
  Chunk* last_ = nullptr;   // the writer's
};

/// Whether an id may be among a few: three bits of 64 for each, in one of two words. Threads: one adds, others read.
class IdSketch {
 public:
  void put(std::uint64_t hash) {
    auto& word = words_[hash >> 63];
    word.store(word.load(std::memory_order_relaxed) | bits_of(hash), std::memory_order_relaxed);
  }
  /// For ids that were put before some synchronisation with the thread that put them.
  [[nodiscard]] bool may_have(std::uint64_t hash) const {
    return (~words_[hash >> 63].load(std::memory_order_relaxed) & bits_of(hash)) == 0;
  }

 private:
  static std::uint64_t bits_of(std::uint64_t hash) {
    return std::uint64_t{1} << (hash & 63) | std::uint64_t{1} << (hash >> 6 & 63) |
           std::uint64_t{1} << (hash >> 12 & 63);
  }
  std::atomic<std::uint64_t> words_[2] = {0, 0};
};

/// Outcomes by the hash of stream and command id. Threads: any.
class OutcomeTable {
 public:
  /// Adds the next record; passes over one that an earlier call has added. If memory runs out: call it again.
  void add(std::uint64_t hash, format::Location record);
  /// The first record under `hash` for which `is_it(Location)` holds; 0 if there is none.
  template <class IsIt> [[nodiscard]] format::Location find(std::uint64_t hash, IsIt is_it) const {
    const std::lock_guard lock{mutex_};
    const auto number =
        numbers_.find(hash, [&](std::uint32_t i) { return entries_[i].hash == hash && is_it(entries_[i].location); });
    return number == NameTable::none ? format::Location{} : entries_[number].location;
  }

 private:
  mutable Mutex mutex_;  // guards the rest
  std::vector<format::IdEntry> entries_;
  NameTable numbers_;  // of the first numbered_ entries
  std::uint32_t numbered_ = 0;
};

/// Threads: one adds; any number read at the same time, without locks except for event ids. A reader brings the
/// location up to which it may see events.
class TailIndex {
 public:
  /// One stream's events in this stretch. A location of 0 is an event that was lost to damage.
  struct Stream {
    const char* text = nullptr;  ///< name and organization
    std::uint64_t hash = 0;
    std::uint16_t name_bytes = 0;
    std::uint16_t organization_bytes = 0;
    std::uint64_t first_version = 1;
    LocationList events{};
    IdSketch ids{};

    [[nodiscard]] std::string_view name() const { return {text, name_bytes}; }
    [[nodiscard]] std::string_view organization() const { return {text + name_bytes, organization_bytes}; }
  };

  /// Covers the positions after `before`.
  TailIndex(Position before, const Hashing& hashing);
  ~TailIndex();

  [[nodiscard]] Position before() const { return before_; }
  /// The last position that was added; for the thread that adds.
  [[nodiscard]] Position last() const { return Position{before_.value + locations_.size()}; }
  /// The location of a position of this stretch, which readers know to exist.
  [[nodiscard]] format::Location at(Position position) const { return locations_[position.value - before_.value - 1]; }

  /// Null if no event of the stream is in this stretch.
  [[nodiscard]] const Stream* find(std::string_view name, std::uint64_t hash) const;
  [[nodiscard]] Stream* find(std::string_view name, std::uint64_t hash) {
    return const_cast<Stream*>(static_cast<const TailIndex*>(this)->find(name, hash));
  }
  /// Fetches the memory at which find() begins into the cache, and then the memory to which it leads.
  void prefetch(std::uint64_t hash) const;
  void prefetch_stream(std::uint64_t hash) const;
  /// The location, among the first `count` of `stream`, of the event for which `is_it(Location)` holds; 0 where it
  /// holds for none. `hash` is the Hashing::id of the wanted event, and `hash_at(Location)` gives the hash of another
  /// event. Cost: almost always none if a short stream does not have the event; a long one's ids are indexed when they
  /// are first asked for, with all others.
  template <class IsIt, class HashAt>
  [[nodiscard]] format::Location find_id(const Stream& stream, std::uint32_t count, std::uint64_t hash, IsIt is_it,
                                         HashAt hash_at) const {
    if (!stream.ids.may_have(hash)) return {};
    if (count > short_stream) return find_indexed_id(hash, stream.events[count - 1], is_it, hash_at);
    for (std::uint32_t i = 0; i < count; ++i)
      if (const auto location = stream.events[i]; location != format::Location{} && is_it(location)) return location;
    return {};
  }

  /// Adds a stream that is not in this stretch yet. `record` is the record of its first event here.
  Stream& add_stream(const RecordedEvent& event, std::uint64_t hash);
  /// Adds the next event, which belongs to `stream`, with its Hashing::id.
  void add(Stream& stream, format::Location location, std::uint64_t id_hash);
  /// Adds a checked commit's outcomes; `commit` stands at `location`. If memory runs out: call it again.
  void add_outcomes(const std::byte* commit, format::Location location);
  /// The place of the outcome under this Hashing::id for which `is_it(Location)` holds; 0 if there is none.
  template <class IsIt> [[nodiscard]] format::Location find_outcome(std::uint64_t hash, IsIt is_it) const {
    return outcomes_.find(hash, is_it);
  }
  /// Adds a checked commit's events and outcomes; `commit` stands at `location`. If memory runs out, a part of them is
  /// added: call it again before anything else.
  void add_commit(const std::byte* commit, format::Location location);
  /// The first event that has a version which its stream had already: no writer of this library wrote it so.
  [[nodiscard]] std::optional<format::Location> misplaced() const { return misplaced_; }
  /// Adds positions up to `last` that were lost to damage.
  void add_lost(Position last);

  /// The first stream whose name comes after `name`, or from `prefix` on if that comes later; null after the last.
  [[nodiscard]] const Stream* next_by_name(std::string_view name, std::string_view prefix) const;

 private:
  struct Slots;
  Slots& grow();
  void insert(Slots& slots, Stream& stream);

  static constexpr std::uint32_t short_stream = 32;

  template <class IsIt, class HashAt>
  [[nodiscard]] format::Location find_indexed_id(std::uint64_t hash, format::Location last, IsIt is_it,
                                                 HashAt hash_at) const {
    const std::lock_guard lock{ids_mutex_};
    for (const auto count = count_.load(std::memory_order_acquire); ids_count_ < count; ++ids_count_)
      if (const auto location = locations_[ids_count_]; location == format::Location{})
        ids_.skip_next();
      else
        ids_.put_next(static_cast<std::uint32_t>(hash_at(location)));
    const auto found = ids_.find(static_cast<std::uint32_t>(hash), [&](Position at) {
      const auto location = locations_[at.value - 1];
      return location <= last && is_it(location);
    });
    return found == Position{0} ? format::Location{} : locations_[found.value - 1];
  }

  const Position before_;
  const Hashing hashing_;
  StableVector<format::Location> locations_;
  std::atomic<std::size_t> count_{0};  // of locations_, for threads that do not add
  std::optional<format::Location> misplaced_;
  StableVector<Stream*> streams_;
  std::atomic<std::size_t> stream_count_{0};
  std::atomic<Slots*> slots_{nullptr};
  std::vector<std::unique_ptr<Slots>> all_slots_;  // the one in use and those before, which a reader may still be in
  Arena arena_;
  OutcomeTable outcomes_;

  mutable Mutex ids_mutex_;  // guards the next two
  mutable IdTable ids_;
  mutable std::size_t ids_count_ = 0;
  mutable Mutex names_mutex_;                  // guards sorted_
  mutable std::vector<const Stream*> sorted_;  // by name, as far as they have been asked for
};

}  // namespace eventstore::engine
