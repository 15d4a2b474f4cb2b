#pragma once
// What the laws need: the engines that they run against, and events to append. A new engine joins `LOG_ENGINES`.
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/log/memory_log.hpp>
#include <filesystem>

namespace eventstore::laws {

/// A folder that goes when its object does.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "eventstore-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) FAIL("no temporary directory");
    path_ = name;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline constexpr Timestamp noon{1'769'515'200'000'000};  // 2026-01-27T12:00:00Z

struct MemoryEngine {
  ManualClock clock{noon};
  std::unique_ptr<EventLog> log = std::make_unique<MemoryLog>(clock);
};

/// Segments so small that most laws meet a sealed one.
struct FileEngine {
  ManualClock clock{noon};
  TemporaryDirectory directory;
  PosixFileSystem files;
  std::unique_ptr<EventLog> log = open();

  std::unique_ptr<EventLog> open() {
    auto opened = FileLog::open(files, clock, directory.file("store"),
                                {.durability = Durability::on_close, .segment_bytes_max = 4096});
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }
};

#define LOG_ENGINES ::eventstore::laws::MemoryEngine, ::eventstore::laws::FileEngine

inline StreamId stream_named(std::string_view text) { return StreamId::trusted(text); }

/// The same id for the same number, on any machine.
inline EventId id_of(std::uint64_t number) { return EventId{Uuid::v5(eventstore_namespace, std::to_string(number))}; }

/// An event whose views point to literals. `id` makes it another event.
inline NewEvent event(std::string_view stream, std::uint64_t id, std::string_view data = "data") {
  NewEvent made{stream_named(stream)};
  made.id = id_of(id);
  made.type = "Happened";
  made.organization = "org-1";
  made.created_at = noon;
  made.codec = Codec::json;
  made.data = as_bytes(data);
  return made;
}

inline Result<Receipt> append(EventLog& log, const std::vector<NewEvent>& events,
                              const std::vector<Expectation>& expectations = {}) {
  return log.append({.events = events, .expectations = expectations});
}

/// Appends one event after another, with ids from `first_id` on.
inline void fill(EventLog& log, std::string_view stream, std::uint64_t first_id, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) REQUIRE(append(log, {event(stream, first_id + i)}));
}

/// The code of a failed result; fails the test where there is no error.
template <class T> Errc code_of(const Result<T>& result) {
  if (result) FAIL("expected an error");
  return result.error().code;
}

inline std::vector<std::uint64_t> positions_of(const Page& page) {
  std::vector<std::uint64_t> positions;
  for (const auto& recorded : page.events) positions.push_back(recorded.position.value);
  return positions;
}

inline std::vector<std::uint64_t> versions_of(const Page& page) {
  std::vector<std::uint64_t> versions;
  for (const auto& recorded : page.events) versions.push_back(recorded.version.value);
  return versions;
}

using Numbers = std::vector<std::uint64_t>;

}  // namespace eventstore::laws
