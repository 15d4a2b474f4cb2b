// What the log does when there is no memory: any one allocation of a call fails, or that one and all later ones.
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/verify.hpp>
#include <eventstore/log/memory_log.hpp>

#include "failing_memory.hpp"
#include "store_on_disk.hpp"

using namespace eventstore;
using namespace eventstore::laws;
using test::has_failed;
using test::with_memory_for;

TEST_CASE("an append whose memory runs out at any allocation says so, and the log goes on") {
  StoreOnDisk store;
  const FileLogOptions options{.segment_bytes_max = small_segment, .background_work = false};
  auto log = store.open(options);
  const auto durability = GENERATE(Durability::every_commit, Durability::on_close, Durability::interval);
  const std::string data(static_cast<std::size_t>(GENERATE(10, 1500)), 'x');  // every other one begins a segment
  std::uint64_t id = 0;
  std::uint64_t written = 0;
  const bool lasting = GENERATE(false, true);
  has_failed() = true;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(nth, lasting);
    const std::vector events{event("delivery-1", ++id, data)};
    const Commit commit{.events = events, .durability = durability};
    auto appended = with_memory_for(nth, lasting, [&] { return log->append(commit); });
    if (!appended) {
      const auto code = code_of(appended);
      CHECK((code == Errc::out_of_memory || code == Errc::outcome_unknown));
      if (code == Errc::outcome_unknown) log = (log.reset(), store.open(options));
      appended = log->append(commit);
      if (appended && code == Errc::out_of_memory) CHECK_FALSE(appended->already_there);
    }
    if (!appended) FAIL(appended.error().message());
    CHECK(appended->events[0].version == Version{++written});
  }
  CHECK(written > 5);
  REQUIRE(log->sync());
  CHECK(log->read_stream(stream_named("delivery-1"), {.limit = no_limit})->events.size() == written);
  log = (log.reset(), store.open(options));
  CHECK(*log->head() == Position{written});
}

TEST_CASE("an outcome whose append runs out of memory at any allocation is there or not, and says so") {
  StoreOnDisk store;
  const FileLogOptions options{.segment_bytes_max = small_segment, .background_work = false};
  auto log = store.open(options);
  const auto stream = stream_named("delivery-1");
  const bool lasting = GENERATE(false, true);
  const std::string result(1500, 'x');  // every other one begins a segment
  std::uint64_t id = 0;
  has_failed() = true;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(nth, lasting);
    const std::vector<Outcome> outcomes{{stream, id_of(++id).uuid, id_of(1).uuid, "org-1", as_bytes(result)}};
    const auto append = [&] { return log->append({.outcomes = outcomes}); };
    const auto appended = with_memory_for(nth, lasting, append);
    const auto code = appended ? Errc::stopped : code_of(appended);
    CHECK((appended || code == Errc::out_of_memory || code == Errc::outcome_unknown));
    if (code == Errc::outcome_unknown) log = (log.reset(), store.open(options));
    const auto again = append();
    REQUIRE(again);
    if (appended) CHECK(again->already_there);
    if (code == Errc::out_of_memory) CHECK_FALSE(again->already_there);
    has_failed() = has_failed() || !appended;
  }
  CHECK(id > 5);
  log = (log.reset(), store.open(options));
  for (std::uint64_t i = 1; i <= id; ++i) {
    const auto find = [&] { return log->find_outcome(stream, id_of(i).uuid); };
    for (int nth = 0; nth < 3; ++nth) {
      const auto found = with_memory_for(nth, lasting, find);
      CHECK((found || found.error().code == Errc::out_of_memory));
    }
    CHECK(find());
  }
}

namespace {

// The first event goes to a stream that is there, the others to streams of their own.
std::vector<NewEvent> many_events(std::uint64_t& id, int count) {
  std::vector<NewEvent> events;
  for (int i = 0; i < count; ++i) {
    const auto stream = i == 0 ? std::string{"delivery-1"} : "call-" + std::to_string(id);
    events.push_back(event(stream, ++id));
  }
  return events;
}

void check_sound(StoreOnDisk& store) {
  const auto report = verify(store.files, store.path(), {}, {});
  REQUIRE(report);
  CHECK(report->findings.empty());
}

}  // namespace

TEST_CASE("a commit that was refused for want of memory is not in the log, whatever memory stays short") {
  const int count = GENERATE(1, 300, 700);
  const bool lasting = GENERATE(false, true);
  has_failed() = true;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(count, lasting, nth);
    StoreOnDisk store;
    const FileLogOptions options{.durability = Durability::on_close, .background_work = false};
    auto log = store.open(options);
    std::uint64_t id = 0;
    for (int i = 0; i < 3; ++i) REQUIRE(append(*log, {event("delivery-1", ++id)}));
    const auto events = many_events(id, count);
    const Commit commit{.events = events};
    auto appended = with_memory_for(nth, lasting, [&] { return log->append(commit); });
    if (!appended) {
      const auto code = code_of(appended);
      REQUIRE((code == Errc::out_of_memory || code == Errc::outcome_unknown));
      if (code == Errc::outcome_unknown) log = (log.reset(), store.open(options));
      appended = log->append(commit);
      REQUIRE(appended);
      CHECK((code == Errc::outcome_unknown || !appended->already_there));
    }
    CHECK(appended->events[0].version == Version{4});
    CHECK(append(*log, {event("delivery-1", ++id)}));
    log.reset();
    check_sound(store);
    log = store.open(options);
    CHECK(log->read_stream(stream_named("delivery-1"))->events.size() == 5);
    CHECK(log->head()->value == static_cast<std::uint64_t>(count) + 4);
  }
}

TEST_CASE("a log in memory whose memory ran out has no part of the commit that it refused") {
  const int count = GENERATE(1, 300);
  const bool lasting = GENERATE(false, true);
  has_failed() = true;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(count, lasting, nth);
    const ManualClock clock{noon};
    MemoryLog log{clock};
    std::uint64_t id = 0;
    for (int i = 0; i < 3; ++i) REQUIRE(append(log, {event("delivery-1", ++id)}));
    const auto events = many_events(id, count);
    const Commit commit{.events = events};
    const auto appended = with_memory_for(nth, lasting, [&] { return log.append(commit); });
    const auto there = appended ? static_cast<std::size_t>(count) : 0;
    CHECK(*log.head() == Position{3 + there});
    CHECK(*log.head(stream_named("delivery-1")) == Version{appended ? 4U : 3U});
    CHECK(log.read_all({.limit = no_limit})->events.size() == 3 + there);
    CHECK((*log.streams("call", "", 1000)).size() == (appended ? static_cast<std::size_t>(count) - 1 : 0));
    if (appended) continue;
    REQUIRE(code_of(appended) == Errc::out_of_memory);
    const auto again = log.append(commit);
    if (!again) CHECK(code_of(again) == Errc::read_only);
    if (again) CHECK(again->events.front().version == Version{4});
  }
}

TEST_CASE("a reader whose memory ran out sees all events once there is memory again") {
  const bool lasting = GENERATE(false, true);
  StoreOnDisk store;
  auto log = store.open({.durability = Durability::on_close});
  std::uint64_t id = 0;
  has_failed() = true;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(lasting, nth);
    auto path = store.path();
    const auto opened = with_memory_for(nth, lasting, [&] {
      return FileLog::open(store.disk, store.clock, std::move(path), {.mode = StoreOnDisk::Mode::read_only});
    });
    if (!opened) REQUIRE(code_of(opened) == Errc::out_of_memory);
  }
  const auto reader = store.open({.mode = StoreOnDisk::Mode::read_only});
  has_failed() = true;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(lasting, nth);
    const auto events = many_events(id, 300);
    REQUIRE(log->append({.events = events}));
    const auto head = with_memory_for(nth, lasting, [&] { return reader->head(); });
    if (!head) REQUIRE(code_of(head) == Errc::out_of_memory);
    REQUIRE(*reader->head() == *log->head());
    const auto page = reader->read_stream(stream_named("delivery-1"), {.limit = no_limit});
    REQUIRE(page);
    REQUIRE(page->events.size() == static_cast<std::size_t>(nth) + 1);
    for (std::size_t i = 0; i < page->events.size(); ++i) REQUIRE(page->events[i].version == Version{i + 1});
    REQUIRE(*reader->head(stream_named("call-" + std::to_string(id - 1))) == Version{1});
  }
}

TEST_CASE("a backup and a verification whose memory runs out say so, and are made later") {
  const bool lasting = GENERATE(false, true);
  StoreOnDisk store;
  {
    auto log = store.open({.segment_bytes_max = small_segment});
    fill(*log, "delivery-1", 1, 100);
  }
  const auto from = store.path();
  const auto to = from + "-backup";
  has_failed() = true;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(lasting, nth);
    const auto made =
        with_memory_for(nth, lasting, [&] { return backup(store.disk, from, store.disk, to, store.clock, {}); });
    if (!made) REQUIRE(code_of(made) == Errc::out_of_memory);
    if (!has_failed()) REQUIRE(made->state.last == Position{100});
  }
  has_failed() = true;
  for (int nth = 0; has_failed(); ++nth) {
    CAPTURE(lasting, nth);
    const auto verified = with_memory_for(nth, lasting, [&] { return verify(store.disk, from, {}, {}); });
    if (!verified) REQUIRE(code_of(verified) == Errc::out_of_memory);
    if (verified) REQUIRE(verified->findings.empty());
  }
}
