// What close() waits for, and what other threads and processes may do during it.
#include <array>
#include <cstdlib>
#include <future>
#include <thread>

#include "hooked_file_system.hpp"
#include "store_on_disk.hpp"

namespace closing_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

/// A store whose syncs of segments wait while the gate is closed.
struct GatedStore : StoreOnDisk {
  HookedFileSystem hooked{disk};
  std::atomic<bool> is_gate_closed{false};
  std::atomic<int> at_gate{0};

  GatedStore() {
    hooked.before_sync = [this](const std::string& path) -> Result<void> {
      if (!path.ends_with(".log")) return {};
      ++at_gate;
      is_gate_closed.wait(true);
      return {};
    };
  }
  std::unique_ptr<FileLog> open_gated(FileLogOptions options = {}) {
    auto opened = FileLog::open(hooked, clock, path(), options);
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }
  void close_gate() {
    at_gate = 0;
    is_gate_closed = true;
  }
  void open_gate() {
    is_gate_closed = false;
    is_gate_closed.notify_all();
  }
  void wait_for_gate() const {
    while (at_gate == 0) std::this_thread::yield();
  }
};

bool is_waiting(const std::future<Result<void>>& result) {
  return result.wait_for(std::chrono::milliseconds{20}) == std::future_status::timeout;
}

}  // namespace

TEST_CASE("a second close() waits for the first one, which keeps the lock until its sync is done", "[closing]") {
  GatedStore store;
  auto log = store.open_gated({.durability = Durability::on_close});
  fill(*log, "delivery-1", 1, 3);
  store.close_gate();
  auto first = std::async(std::launch::async, [&] { return log->close(); });
  store.wait_for_gate();
  auto second = std::async(std::launch::async, [&] { return log->close(); });
  CHECK(is_waiting(second));
  CHECK(store.refusal().code == Errc::locked);
  store.open_gate();
  CHECK(first.get());
  CHECK(second.get());
  auto next = store.open();
  CHECK(*next->head(stream_named("delivery-1")) == Version{3});
}

TEST_CASE("every caller of close() gets the failure of the sync", "[closing]") {
  GatedStore store;
  auto log = store.open_gated({.durability = Durability::on_close});
  fill(*log, "delivery-1", 1, 1);
  store.hooked.before_sync = [](const std::string& path) -> Result<void> { return failing_call(path); };
  CHECK(code_of(log->close()) == Errc::outcome_unknown);
  CHECK(code_of(log->close()) == Errc::outcome_unknown);
}

TEST_CASE("close() waits for an append that is inside, which is then acknowledged", "[closing]") {
  GatedStore store;
  auto log = store.open_gated();
  fill(*log, "delivery-1", 1, 1);
  store.close_gate();
  auto appended = std::async(std::launch::async, [&] { return append(*log, {event("delivery-1", 2)}); });
  store.wait_for_gate();
  auto closed = std::async(std::launch::async, [&] { return log->close(); });
  CHECK(is_waiting(closed));
  CHECK(store.refusal().code == Errc::locked);
  store.open_gate();
  CHECK(appended.get());
  CHECK(closed.get());
  CHECK(*store.open()->head() == Position{2});
}

TEST_CASE("close() waits until the function of an asynchronous append was called", "[closing]") {
  GatedStore store;
  auto log = store.open_gated();
  store.close_gate();
  std::atomic<bool> is_called{false};
  const std::vector events{event("delivery-1", 1)};
  Commit commit;
  commit.events = events;
  log->append_async(commit, [&](const Result<Receipt>& receipt) { is_called = receipt.has_value(); });
  auto closed = std::async(std::launch::async, [&] { return log->close(); });
  CHECK(is_waiting(closed));
  store.open_gate();
  CHECK(closed.get());
  CHECK(is_called);
}

TEST_CASE("a closed log refuses everything that may write, and is read as before", "[closing]") {
  StoreOnDisk store;
  auto log = store.open();
  fill(*log, "delivery-1", 1, 2);
  REQUIRE(log->close());
  CHECK(append(*log, {event("delivery-1", 3)}).error().message() == "read_only: append: the log is closed");
  CHECK(log->sync().error().message() == "read_only: sync: the log is closed");
  CHECK(log->retain({}).error().message() == "read_only: retain [" + store.path() + "]: the log is closed");
  const std::vector events{event("delivery-1", 3)};
  Commit commit;
  commit.events = events;
  CHECK(code_of(log->append_later(commit).get()) == Errc::read_only);
  CHECK(log->read_stream(stream_named("delivery-1"))->events.size() == 2);
}

TEST_CASE("threads that append without a pause do not keep close() from its end", "[closing]") {
  StoreOnDisk store;
  auto log = store.open({.durability = Durability::on_close});
  std::atomic<std::uint64_t> acknowledged{0};
  std::vector<std::jthread> threads;
  for (std::uint64_t thread = 0; thread < 3; ++thread)
    threads.emplace_back([&, thread] {
      const auto stream = "delivery-" + std::to_string(thread);
      for (std::uint64_t n = 1; append(*log, {event(stream, thread * 10'000'000 + n)}); ++n) ++acknowledged;
    });
  while (acknowledged < 100) std::this_thread::yield();
  CHECK(log->close());
  threads.clear();
  CHECK(store.open()->head()->value == acknowledged);
}

namespace {

/// How long threads race: a second in each run of the tests, and as long as the environment says by hand.
std::chrono::seconds stress_time() {
  const auto* const seconds = std::getenv("EVENTSTORE_STRESS_SECONDS");
  return std::chrono::seconds{seconds == nullptr ? 1 : std::atoi(seconds)};
}

// Threads append, read and follow until two others have closed the log. Gives the number of acknowledged commits.
std::uint64_t race(StoreOnDisk& store, std::uint64_t round) {
  auto log = store.open({.durability = Durability::on_close, .segment_bytes_max = std::size_t{64} * 1024});
  std::atomic<std::uint64_t> acknowledged{0};
  std::atomic<bool> is_over{false};
  std::vector<std::jthread> threads;
  for (std::uint64_t thread = 0; thread < 3; ++thread)
    threads.emplace_back([&, thread] {
      const auto durability = thread == 0 ? Durability::every_commit : Durability::interval;
      for (std::uint64_t n = 1;; ++n) {
        const std::vector events{event("delivery-" + std::to_string(thread), (round * 4 + thread) * 1'000'000 + n)};
        const auto receipt = log->append({.events = events, .durability = durability});
        if (!receipt) break;
        ++acknowledged;
      }
    });
  threads.emplace_back([&] {
    while (!is_over) (void)log->read_all({.direction = Direction::backward, .limit = 100});
  });
  threads.emplace_back([&] {
    const auto reader = store.try_open({.mode = StoreOnDisk::Mode::read_only});
    for (Position seen{}; reader && !is_over;)
      seen = (*reader)->wait_past(seen, {}, std::chrono::milliseconds{1}).value_or(seen);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds{round % 5});
  std::array<Result<void>, 2> closed;
  {
    std::array<std::jthread, 2> closers;
    for (std::size_t i = 0; i < closers.size(); ++i) closers[i] = std::jthread{[&, i] { closed[i] = log->close(); }};
  }
  is_over = true;
  threads.clear();
  CHECK(closed[0]);
  CHECK(closed[1]);
  return acknowledged;
}

}  // namespace

TEST_CASE("closers, leaders and readers race, and no acknowledged commit is lost", "[closing]") {
  StoreOnDisk store;
  std::uint64_t acknowledged = 0;
  const auto until = std::chrono::steady_clock::now() + stress_time();
  for (std::uint64_t round = 1; std::chrono::steady_clock::now() < until; ++round) {
    acknowledged += race(store, round);
    REQUIRE(store.open()->head()->value == acknowledged);
  }
}

}  // namespace closing_test
