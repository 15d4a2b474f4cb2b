#pragma once
// A store with many small segments, one second between its commits, and what is dropped or archived of it.
#include "log/store_on_disk.hpp"

namespace eventstore::laws {

template <class T> T value_of(Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}

/// What an event is, wherever it is read.
struct Seen {
  std::uint64_t position;
  std::string stream;
  std::uint64_t version;
  EventId id;
  std::string data;

  friend bool operator==(const Seen&, const Seen&) = default;
};

inline std::vector<Seen> seen_from(const EventLog& log, Position from) {
  std::vector<Seen> all;
  const auto page = value_of(log.read_all({.from = from, .limit = 1'000'000}));
  for (const auto& recorded : page.events)
    all.push_back({recorded.position.value, std::string{recorded.stream}, recorded.version.value, recorded.id,
                   std::string{as_text(recorded.data)}});
  return all;
}

/// Position n is recorded n seconds after noon. `early` has the positions 1 to 10; after that `delivery-1` and
/// `delivery-2` take turns, and `call-N` has one event at each position that is a multiple of 10.
class RetentionCase {
 public:
  StoreOnDisk store;

  explicit RetentionCase(std::uint64_t events = 120) {
    if (events > 0) append_events(*open(), events);
  }

  std::unique_ptr<FileLog> open(FileLogOptions options = {}) {
    options.segment_bytes_max = small_segment;
    options.durability = Durability::on_close;
    return store.open(options);
  }
  std::unique_ptr<FileLog> open_reader() { return open({.mode = StoreOnDisk::Mode::read_only}); }

  static std::string stream_at(std::uint64_t position) {
    if (position <= 10) return "early";
    if (position % 10 == 0) return "call-" + std::to_string(position);
    return position % 2 == 0 ? "delivery-2" : "delivery-1";
  }
  void append_events(FileLog& log, std::uint64_t count) {
    for (; count > 0; --count) {
      const auto next = log.head()->value + 1;
      store.clock.set(time_of(next));
      const auto stream = stream_at(next);
      REQUIRE(append(log, {event(stream, next, "data of the event")}));
    }
    REQUIRE(log.settle());
  }
  static Timestamp time_of(std::uint64_t position) {
    return Timestamp{noon.micros + static_cast<std::int64_t>(position) * 1'000'000};
  }

  static RetentionPolicy drop_before(std::uint64_t position) {
    return {.action = RetentionPolicy::Action::drop, .before = time_of(position)};
  }
  static RetentionPolicy archive_before(std::uint64_t position) {
    return {.action = RetentionPolicy::Action::archive, .before = time_of(position)};
  }

  [[nodiscard]] std::vector<std::string> names(const std::string& directory) const {
    std::vector<std::string> found;
    if (!std::filesystem::exists(store.file(directory))) return found;
    for (const auto& entry : std::filesystem::directory_iterator{store.file(directory)})
      if (!entry.is_directory()) found.push_back(entry.path().filename());
    std::sort(found.begin(), found.end());
    return found;
  }
  [[nodiscard]] bool has(const std::string& name) const { return std::filesystem::exists(store.file(name)); }
};

inline std::vector<Seen> after(const std::vector<Seen>& all, std::uint64_t position) {
  return {all.begin() + static_cast<std::ptrdiff_t>(position), all.end()};
}

}  // namespace eventstore::laws
