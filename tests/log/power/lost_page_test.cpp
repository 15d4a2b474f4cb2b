// A page that the disk cannot read any more, at whatever moment of an opening that begins: what the opening has checked
// by then may be gone from the file's map.
#include <set>

#include "../hooked_file_system.hpp"
#include "found_case.hpp"

namespace lost_page_test {

using namespace eventstore;

namespace {

/// A log of several segments, and an opening of it that asks `before_read` at each step.
struct LosingCase : Case {
  static constexpr std::uint64_t count = 22;
  laws::HookedFileSystem hooked{disk};

  explicit LosingCase(bool is_closed) {
    {
      const auto log = open();
      append_up_to(*log, count);
      if (is_closed) REQUIRE(log->close());
      if (!is_closed) disk.end_run();
    }
    if (is_closed) disk.end_run();
    disk.restart();
    hooked.boot = disk.boot_id();
  }
  std::vector<std::string> all_files() {
    auto found = files("store", "");
    for (const auto* const folder : {"store/segments", "store/tables"})
      for (auto& path : files(folder, "")) found.push_back(std::move(path));
    return found;
  }
  /// Whether every event is right, or an error that says that it cannot be read.
  static bool is_honest(FileLog& log) {
    for (std::uint64_t number = 1; number <= count; ++number) {
      const auto page = log.read_all({.from = Position{number}, .limit = 1});
      const bool is_right = page && page->events.size() == 1 && page->events[0].id == id_of(number);
      const bool is_error =
          !page && (page.error().code == Errc::corrupt_record || page.error().code == Errc::io_failed);
      if (!is_right && !is_error) return false;
    }
    return true;
  }
  bool has_all() {
    const auto log = open();
    bool has = log->head()->value >= count;
    for (std::uint64_t number = 1; has && number <= count; ++number)
      has = log->find(StreamId::trusted(number % 2 == 0 ? "delivery-2" : "delivery-1"), id_of(number)).has_value();
    return has;
  }
};

}  // namespace

TEST_CASE("a page that is lost at any moment of an opening makes no event wrong, and costs none", "[power][found]") {
  const bool is_closed = GENERATE(true, false);
  const auto mode = GENERATE(FileLogOptions::Mode::read_write, FileLogOptions::Mode::read_only);
  auto options = small;
  options.mode = mode;
  std::set<std::string> lost;
  for (const auto& path : LosingCase{is_closed}.all_files()) {
    bool is_over = false;
    for (int nth = 1; !is_over; ++nth) {
      CAPTURE(is_closed, static_cast<int>(mode), path, nth);
      LosingCase at{is_closed};
      int left = nth;
      at.hooked.before_read = [&] {
        if (--left == 0 && at.disk.lose_page(path, 0)) lost.insert(path);
      };
      {
        const auto log = FileLog::open(at.hooked, at.clock, "store", options);
        is_over = left > 0;
        at.hooked.before_read = [] {};
        REQUIRE((!log || LosingCase::is_honest(**log)));
      }
      at.disk.end_run();
      at.disk.restart();
      REQUIRE(at.has_all());
    }
  }
  CHECK(lost.size() >= 10);
}

}  // namespace lost_page_test
