// A writer killed at any moment loses nothing that it acknowledged.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "store_on_disk.hpp"

namespace crash_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

// Appends commits of two events until it is killed; tells the position of each that was acknowledged.
void append_until_killed(StoreOnDisk& store, int report) {
  auto log = store.try_open({.segment_bytes_max = 16 * 1024});
  if (!log) ::_exit(1);
  for (;;) {
    const auto next = (*log)->head()->value + 1;
    const auto receipt = append(**log, {event("delivery-1", next), event("delivery-2", next)});
    if (!receipt) ::_exit(2);
    const auto last = receipt->events.back().position.value;
    if (::write(report, &last, sizeof last) != sizeof last) ::_exit(3);
  }
}

struct Writer {
  int report = -1;
  pid_t process = -1;
};

Writer start_writer(StoreOnDisk& store) {
  int ends[2] = {};
  REQUIRE(::pipe(ends) == 0);
  const auto process = ::fork();
  if (process == 0) append_until_killed(store, ends[1]);
  ::close(ends[1]);
  return {ends[0], process};
}

// Kills the writer after `acknowledged` commits, wherever it is then; gives the last position that it acknowledged.
std::uint64_t kill_after(const Writer& writer, int acknowledged) {
  std::uint64_t last = 0;
  while (acknowledged-- > 0) REQUIRE(::read(writer.report, &last, sizeof last) == sizeof last);
  ::kill(writer.process, SIGKILL);
  while (::read(writer.report, &last, sizeof last) == sizeof last) {
  }
  ::close(writer.report);
  ::waitpid(writer.process, nullptr, 0);
  return last;
}

}  // namespace

TEST_CASE("a writer killed with SIGKILL at any moment loses nothing acknowledged") {
  StoreOnDisk store;
  store.open();
  for (int round = 1; round <= 25; ++round) {
    CAPTURE(round);
    const auto acknowledged = kill_after(start_writer(store), 1 + round * 7 % 23);
    const auto log = store.open();
    const auto page = log->read_all({.limit = 1'000'000});
    REQUIRE(page);
    const auto count = page->events.size();
    REQUIRE(count >= acknowledged);
    REQUIRE(count % 2 == 0);
    for (std::size_t i = 0; i < count; ++i) {
      REQUIRE(page->events[i].position.value == i + 1);
      REQUIRE(page->events[i].version.value == i / 2 + 1);
      REQUIRE(page->events[i].stream == (i % 2 == 0 ? "delivery-1" : "delivery-2"));
    }
  }
}

}  // namespace crash_test
