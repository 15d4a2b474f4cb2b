#pragma once
// A small store on a simulated disk, for faults that each have a test of their own.
#include <catch2/catch.hpp>
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/testing/simulated_disk.hpp>

namespace eventstore {

inline constexpr FileLogOptions small{
    .durability = Durability::every_commit, .segment_bytes_max = 4096, .background_work = false};
inline constexpr Timestamp noon{1'769'515'200'000'000};

// A store on a disk of which a power cut takes all that was not synced, unless a test says otherwise.
struct Case {
  SimulatedDisk disk;
  ManualClock clock{noon};

  explicit Case(SimulatedDiskOptions options = {}) : disk{with_loss(options)} {}
  static SimulatedDiskOptions with_loss(SimulatedDiskOptions options) {
    options.loss = options.loss.value_or(Loss::everything);
    options.file_bytes_max = std::size_t{1} << 20;
    return options;
  }

  std::unique_ptr<FileLog> open(FileLogOptions options = small) {
    auto opened = FileLog::open(disk, clock, "store", options);
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }
  static EventId id_of(std::uint64_t number) { return EventId{Uuid::v7(noon, number, number)}; }
  static Result<Receipt> append_next(FileLog& log) {
    const auto number = log.head()->value + 1;
    const std::string data(800, 'x');
    NewEvent event{StreamId::trusted(number % 2 == 0 ? "delivery-2" : "delivery-1")};
    event.id = id_of(number);
    event.type = "Happened";
    event.organization = "org-1";
    event.created_at = noon;
    event.data = as_bytes(data);
    return log.append({.events = {&event, 1}});
  }
  // Up to event `last`, one a commit; four fill a segment.
  static void append_up_to(FileLog& log, std::uint64_t last) {
    while (log.head()->value < last) {
      const auto appended = append_next(log);
      if (!appended) FAIL(appended.error().message());
    }
  }
  void fill(std::uint64_t last) {
    const auto log = open();
    append_up_to(*log, last);
    REQUIRE(log->close());
  }
  std::vector<std::string> files(const std::string& folder, std::string_view ending) {
    std::vector<std::string> found;
    const auto names = disk.list(folder);
    REQUIRE(names);
    for (const auto& name : *names)
      if (name.ends_with(ending)) found.push_back(folder + "/" + name);
    return found;
  }
  void lose(const std::vector<std::string>& paths) {
    for (const auto& path : paths) REQUIRE(disk.remove(path));
  }
  void lose_power() {
    disk.cut_power();
    disk.restart();
  }
  Result<BackupReport> back_up() { return backup(disk, "store", disk, "copies/backup", clock); }
};

}  // namespace eventstore
