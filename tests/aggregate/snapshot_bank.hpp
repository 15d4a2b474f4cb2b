#pragma once
// A bank that keeps snapshots, beside one on the same log that keeps none.
#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/testing/faulty_file_system.hpp>

#include <atomic>
#include <filesystem>

#include "aggregate/bank_test.hpp"

namespace bank {

struct TemporaryDirectory {
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "eventstore-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) FAIL("no temporary directory");
    path = name;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path path;
};

/// Goes on by one step whenever it is asked.
class TickingClock final : public es::Clock {
 public:
  [[nodiscard]] es::Timestamp now() const override { return es::Timestamp{micros_ += step.count()}; }
  std::chrono::microseconds step{1};

 private:
  mutable std::atomic<std::int64_t> micros_{noon.micros};
};

inline constexpr std::string_view code = "the code as it is";

struct SnapshotBank : Bank {
  explicit SnapshotBank(es::SnapshotPolicy policy = es::SnapshotPolicy::every(10))
      : snapshots{store, ticking, policy} {}

  void deposit(int times, const string& key = "ada") {
    for (int i = 0; i < times; ++i) record(key, Deposited{1});
  }
  /// A history of `events` events, and a load of it.
  void make(int events, const string& key = "ada") {
    record(key, Opened{key, 500});
    deposit(events - 1, key);
    (void)load(key);
  }
  es::Loaded<Account> load(const string& key = "ada") {
    auto loaded = quick.load(key);
    if (!loaded) FAIL(loaded.error().message());
    return std::move(*loaded);
  }
  [[nodiscard]] es::StreamId stream(const string& key = "ada") const { return *es::StreamId::of("account", key); }
  /// The files of the stream's snapshots.
  [[nodiscard]] std::vector<std::filesystem::path> files_of(const string& key = "ada") const {
    std::vector<std::filesystem::path> found;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator{store.directory_of(stream(key)), none})
      found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
  }
  /// The versions of the stream's snapshots, by the files' names.
  [[nodiscard]] std::vector<std::uint64_t> versions(const string& key = "ada") const {
    std::vector<std::uint64_t> found;
    for (const auto& file : files_of(key))
      if (file.extension() == ".snapshot") found.push_back(std::stoull(file.stem().string()));
    return found;
  }

  TemporaryDirectory directory;
  TickingClock ticking;
  es::PosixFileSystem disk;
  es::FaultyFileSystem files{disk};
  es::FileSnapshots store{files, directory.path / "snapshots"};
  es::Snapshots snapshots;
  es::Repository<Account> quick{log, clock, snapshots, code};
};

inline void check_same(const es::Loaded<Account>& one, const es::Loaded<Account>& other) {
  CHECK(one.state == other.state);
  CHECK(one.version == other.version);
  CHECK(one.position == other.position);
  CHECK(one.created_at == other.created_at);
  CHECK(one.updated_at == other.updated_at);
  CHECK(one.organization == other.organization);
}

}  // namespace bank
