// Appends that share syncs: a gate holds a sync until the test has seen what may happen meanwhile.
#include <condition_variable>
#include <future>
#include <thread>

#include "hooked_file_system.hpp"
#include "laws/event_log_laws.hpp"

namespace group_commit_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

/// Counts who asks it: the log does once for each commit that it writes.
class CountingClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override {
    ++calls;
    return noon;
  }
  mutable std::atomic<int> calls{0};
};

/// A store whose syncs of segments wait at a gate while it is closed, counted when they come and when they may go.
class GatedStore {
 public:
  GatedStore() {
    files_.before_sync = [this](const std::string& path) -> Result<void> {
      if (!path.ends_with(".log")) return {};
      std::unique_lock lock{mutex_};
      ++arrived_;
      changed_.notify_all();
      changed_.wait(lock, [&] { return is_open_ || passes_ > 0; });
      if (!is_open_) --passes_;
      if (failing_ > 0 && --failing_ == 0) return failing_call(path);
      return {};
    };
  }
  std::unique_ptr<FileLog> open(FileLogOptions options = {}) {
    auto opened = FileLog::open(files_, clock_, directory_.file("store"), options);
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }

  void close_gate() {
    const std::lock_guard lock{mutex_};
    is_open_ = false;
  }
  void open_gate() {
    const std::lock_guard lock{mutex_};
    is_open_ = true;
    changed_.notify_all();
  }
  /// Lets one sync that waits, or the next one, through.
  void let_through() {
    const std::lock_guard lock{mutex_};
    ++passes_;
    changed_.notify_all();
  }
  /// The nth sync that gets through the gate from now on fails.
  void fail(int nth) {
    const std::lock_guard lock{mutex_};
    failing_ = nth;
  }
  [[nodiscard]] int writes() const { return clock_.calls; }
  [[nodiscard]] int syncs() {
    const std::lock_guard lock{mutex_};
    return arrived_;
  }
  void wait_for_sync(int number) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return arrived_ >= number; });
  }

 private:
  CountingClock clock_;
  TemporaryDirectory directory_;
  PosixFileSystem disk_;
  HookedFileSystem files_{disk_};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = true;
  int passes_ = 0;
  int failing_ = 0;
  int arrived_ = 0;
};

using Later = std::future<Result<Receipt>>;

Later append_later(FileLog& log, std::uint64_t id, Durability durability = Durability::every_commit) {
  const std::vector events{event("delivery-1", id)};
  return log.append_later({.events = events, .durability = durability});
}

// An append in a thread of its own.
Later append_in_thread(FileLog& log, std::uint64_t id, Durability durability = Durability::every_commit) {
  return std::async(std::launch::async, [&log, id, durability] {
    const std::vector events{event("delivery-1", id)};
    return log.append({.events = events, .durability = durability});
  });
}

bool is_done(const Later& later) { return later.wait_for(std::chrono::seconds{0}) == std::future_status::ready; }

// Returns when so many commits were written. What is refused here has the log write for those who queue.
void wait_for_writes(GatedStore& store, FileLog& log, int count) {
  while (store.writes() < count) {
    log.append_async({}, [](const Result<Receipt>&) {});
    std::this_thread::yield();
  }
}

// A log with one durable event, and a sync of another one held at the gate.
struct HeldSync {
  GatedStore store;
  std::unique_ptr<FileLog> log = store.open();
  Later held;
  int before = 0;  // syncs
  int writes = 0;

  HeldSync() {
    fill(*log, "delivery-1", 1, 1);
    before = store.syncs();
    store.close_gate();
    held = append_in_thread(*log, 2);
    store.wait_for_sync(before + 1);
    writes = store.writes();
  }
  ~HeldSync() { store.open_gate(); }
};

}  // namespace

TEST_CASE("a lone writer makes one sync for each append") {
  GatedStore store;
  const auto log = store.open();
  const auto before = store.syncs();
  fill(*log, "delivery-1", 1, 20);
  CHECK(store.syncs() == before + 20);
}

TEST_CASE("appends that do not wait for the disk make no sync") {
  GatedStore store;
  const auto log = store.open({.durability = Durability::on_close});
  const auto before = store.syncs();
  fill(*log, "delivery-1", 1, 20);
  CHECK(*log->head() == Position{20});
  CHECK(store.syncs() == before);
}

TEST_CASE("all appends that come while a sync runs share the next one") {
  HeldSync at;
  std::vector<Later> waiting;
  for (std::uint64_t id = 10; id < 60; ++id) waiting.push_back(append_later(*at.log, id));
  at.store.open_gate();
  for (auto& receipt : waiting) CHECK(receipt.get());
  CHECK(at.held.get());
  CHECK(at.store.syncs() == at.before + 2);
  CHECK(*at.log->head() == Position{52});
}

TEST_CASE("threads that wait while a sync runs share the next one") {
  HeldSync at;
  std::vector<Later> waiting;
  for (std::uint64_t id = 10; id < 18; ++id) waiting.push_back(append_in_thread(*at.log, id));
  wait_for_writes(at.store, *at.log, at.writes + 8);
  at.store.open_gate();
  for (auto& receipt : waiting) CHECK(receipt.get());
  CHECK(at.store.syncs() == at.before + 2);
}

TEST_CASE("readers do not see what waits for a sync") {
  HeldSync at;
  const auto also_waiting = append_later(*at.log, 10);
  const auto stream = stream_named("delivery-1");
  CHECK(*at.log->head() == Position{1});
  CHECK(*at.log->head(stream) == Version{1});
  CHECK(at.log->read_all()->events.size() == 1);
  CHECK(at.log->read_stream(stream)->events.size() == 1);
  CHECK(code_of(at.log->find(stream, id_of(2))) == Errc::not_found);
  CHECK(at.log->info(stream)->version == Version{1});
  CHECK(code_of(at.log->checksum_at(Position{2})) == Errc::not_found);
  at.store.let_through();
  CHECK(at.held.get());
  CHECK(*at.log->head() == Position{2});
  at.store.wait_for_sync(at.before + 2);
  CHECK_FALSE(is_done(also_waiting));
}

TEST_CASE("a stream that waits for its first sync is not listed") {
  HeldSync at;
  const std::vector events{event("delivery-9", 10)};
  const auto waiting = at.log->append_later({.events = events});
  CHECK(at.log->streams({}, {}, 10)->size() == 1);
  CHECK(code_of(at.log->info(stream_named("delivery-9"))) == Errc::not_found);
}

TEST_CASE("a refusal waits for the sync of what it rests on") {
  HeldSync at;
  const std::vector events{event("delivery-1", 10)};
  const std::vector<Expectation> stale{{stream_named("delivery-1"), ExpectedVersion::exactly(Version{1})}};
  auto refusal = at.log->append_later({.events = events, .expectations = stale});
  CHECK_FALSE(is_done(refusal));
  at.store.open_gate();
  const auto refused = refusal.get();
  REQUIRE(code_of(refused) == Errc::wrong_version);
  CHECK(refused.error().conflicts.at(0).actual == Version{2});
  CHECK(*at.log->head() == Position{2});
}

TEST_CASE("a retry waits for the sync of the first try") {
  HeldSync at;
  auto again = append_later(*at.log, 2, Durability::on_close);
  CHECK_FALSE(is_done(again));
  at.store.open_gate();
  const auto receipt = again.get();
  REQUIRE(receipt);
  CHECK(receipt->already_there);
  CHECK(receipt->durability == Durability::every_commit);
  CHECK(*at.log->head() == Position{2});
}

TEST_CASE("an append that need not be durable is not shown before a durable one in front of it") {
  HeldSync at;
  auto behind = append_later(*at.log, 10, Durability::on_close);
  CHECK_FALSE(is_done(behind));
  CHECK(*at.log->head() == Position{1});
  at.store.open_gate();
  CHECK(behind.get());
  CHECK(*at.log->head() == Position{3});
}

TEST_CASE("an append that need not be durable is shown once the durable one in front of it is, before its own sync") {
  HeldSync at;
  auto behind = append_later(*at.log, 3, Durability::on_close);
  at.store.let_through();
  at.store.wait_for_sync(at.before + 2);  // the one that `behind` waits for is held
  CHECK(at.held.get());
  CHECK(*at.log->head() == Position{3});
  at.store.open_gate();
  CHECK(behind.get());
}

TEST_CASE("a failed sync leaves unknown all that waited for it, and all that was written behind it") {
  HeldSync at;
  std::vector<Later> behind;
  behind.push_back(append_later(*at.log, 10));
  behind.push_back(append_in_thread(*at.log, 11));
  behind.push_back(append_later(*at.log, 12, Durability::on_close));
  behind.push_back(append_later(*at.log, 2));  // a retry
  const std::vector events{event("delivery-1", 13)};
  const std::vector<Expectation> stale{{stream_named("delivery-1"), ExpectedVersion::exactly(Version{1})}};
  behind.push_back(at.log->append_later({.events = events, .expectations = stale}));
  wait_for_writes(at.store, *at.log, at.writes + 3);
  at.store.fail(1);
  at.store.open_gate();
  CHECK(code_of(at.held.get()) == Errc::outcome_unknown);
  for (auto& receipt : behind) CHECK(code_of(receipt.get()) == Errc::outcome_unknown);
  CHECK(at.store.syncs() == at.before + 1);
  CHECK(code_of(append(*at.log, {event("delivery-1", 20)})) == Errc::read_only);
  CHECK(code_of(append_later(*at.log, 21).get()) == Errc::read_only);
  CHECK(code_of(at.log->sync()) == Errc::read_only);
  CHECK(*at.log->head() == Position{1});
  CHECK(code_of(at.log->close()) == Errc::outcome_unknown);
  CHECK(at.store.syncs() == at.before + 1);
  at.log.reset();
  at.log = at.store.open();
  CHECK(append(*at.log, {event("delivery-1", 2)})->already_there);
}

TEST_CASE("closing while a sync fails does not sync again, and says so") {
  GatedStore store;
  const auto log = store.open({.durability = Durability::on_close});
  fill(*log, "delivery-1", 1, 1);
  store.close_gate();
  const auto before = store.syncs();
  auto synced = std::async(std::launch::async, [&] { return log->sync(); });
  store.wait_for_sync(before + 1);
  auto closed = std::async(std::launch::async, [&] { return log->close(); });
  // What need not be durable is seen at once, until the log is closed.
  Position head{};
  for (std::uint64_t id = 2; head != *log->head(); ++id) {
    head = *log->head();
    (void)append_later(*log, id, Durability::on_close);
    std::this_thread::sleep_for(std::chrono::milliseconds{1});  // else whoever closes may not get at the log
  }
  store.fail(1);
  store.open_gate();
  CHECK(code_of(synced.get()) == Errc::outcome_unknown);
  CHECK(code_of(closed.get()) == Errc::outcome_unknown);
  CHECK(store.syncs() == before + 1);
}

TEST_CASE("asynchronous appends of one caller are done in order, across segments") {
  GatedStore store;
  const auto log = store.open({.segment_bytes_max = 4096});
  std::vector<std::uint64_t> done;
  std::mutex mutex;
  for (std::uint64_t id = 1; id <= 200; ++id) {
    const std::vector events{event("delivery-1", id)};
    log->append_async({.events = events, .durability = static_cast<Durability>(id % 3)},
                      [&, id](const Result<Receipt>& receipt) {
                        const std::lock_guard lock{mutex};
                        if (receipt && receipt->events[0].version == Version{id}) done.push_back(id);
                      });
  }
  REQUIRE(log->close());
  REQUIRE(done.size() == 200);
  CHECK(std::is_sorted(done.begin(), done.end()));
  CHECK(*log->head() == Position{200});
}

TEST_CASE("an asynchronous append is done before one of a later group, whoever leads that") {
  HeldSync at;
  std::vector<int> order;
  std::atomic<int> count{0};
  const auto async = [&](std::uint64_t id, int number, std::function<void()> first) {
    const std::vector events{event("delivery-1", id)};
    at.log->append_async({.events = events}, [&, number, first = std::move(first)](const Result<Receipt>&) {
      first();
      order.push_back(number);
      ++count;
    });
  };
  std::vector<Later> threads;
  // The first is slow, until a group after its own had every occasion to be done.
  async(10, 1, [&] {
    at.store.wait_for_sync(at.before + 3);
    for (int turn = 0; turn < 300 && count == 0; ++turn) std::this_thread::yield();
  });
  async(11, 2, [] {});
  at.store.let_through();
  at.store.wait_for_sync(at.before + 2);
  const auto writes = at.store.writes();
  threads.push_back(append_in_thread(*at.log, 20));
  wait_for_writes(at.store, *at.log, writes + 1);
  async(12, 3, [] {});
  at.store.open_gate();
  while (count < 3) std::this_thread::yield();
  for (auto& thread : threads) CHECK(thread.get());
  CHECK(order == std::vector{1, 2, 3});
}

TEST_CASE("blocking and asynchronous appends share the log across segments") {
  GatedStore store;
  const auto log = store.open({.segment_bytes_max = 4096});
  std::vector<Later> threads;
  for (std::uint64_t thread = 1; thread <= 4; ++thread)
    threads.push_back(std::async(std::launch::async, [&log, thread] {
      std::vector<Later> later;
      Result<Receipt> last;
      for (std::uint64_t i = 0; i < 100; ++i) {
        if (i % 3 == 0)
          last = append(*log, {event("delivery-1", thread * 1000 + i)});
        else
          later.push_back(append_later(*log, thread * 1000 + i));
      }
      std::uint64_t before = 0;
      for (auto& receipt : later) {
        const auto placed = receipt.get();
        if (!placed || placed->events[0].position.value <= before)
          return Result<Receipt>{failure(Errc::stopped, "", {})};
        before = placed->events[0].position.value;
      }
      return last;
    }));
  for (auto& thread : threads) CHECK(thread.get());
  CHECK(*log->head() == Position{400});
  CHECK(log->visit_all({.limit = no_limit}, [](const RecordedEvent&) { return true; })->next == 401);
}

TEST_CASE("a sync that fails among asynchronous appends across segments leaves the rest undone, in order") {
  const auto failing = GENERATE(range(1, 14));
  GatedStore store;
  auto log = store.open({.segment_bytes_max = 4096});
  store.fail(failing);
  std::vector<Later> later;
  for (std::uint64_t id = 1; id <= 60; ++id) later.push_back(append_later(*log, id));
  REQUIRE((log->close() || true));
  std::uint64_t written = 0;
  bool has_failed = false;
  for (auto& receipt : later) {
    const auto placed = receipt.get();
    if (placed) {
      CHECK_FALSE(has_failed);
      ++written;
      continue;
    }
    has_failed = true;
    CHECK((placed.error().code == Errc::outcome_unknown || placed.error().code == Errc::read_only ||
           placed.error().code == Errc::io_failed));
  }
  log.reset();
  store.fail(0);
  log = store.open();
  CHECK(log->head()->value >= written);
  CHECK(log->read_all()->events.size() == log->head()->value);
}

TEST_CASE("closing waits for asynchronous appends, and refuses those that come later") {
  HeldSync at;
  std::atomic<bool> was_done{false};
  const std::vector events{event("delivery-1", 10)};
  at.log->append_async({.events = events}, [&](const Result<Receipt>& receipt) { was_done = receipt.has_value(); });
  auto closed = std::async(std::launch::async, [&] {
    auto result = at.log->close();
    return result && was_done;
  });
  CHECK_FALSE(was_done);
  at.store.open_gate();
  CHECK(closed.get());
  CHECK(code_of(append_later(*at.log, 11).get()) == Errc::read_only);
  CHECK(code_of(append(*at.log, {event("delivery-1", 12)})) == Errc::read_only);
  CHECK(*at.log->head() == Position{3});
}

TEST_CASE("a log that is left alone with asynchronous appends on their way does them all") {
  GatedStore store;
  std::atomic<int> done{0};
  {
    const auto log = store.open();
    for (std::uint64_t id = 1; id <= 50; ++id) {
      const std::vector events{event("delivery-1", id)};
      log->append_async({.events = events}, [&](const Result<Receipt>& receipt) { done += receipt ? 1 : 0; });
    }
  }
  CHECK(done == 50);
  CHECK(*store.open()->head() == Position{50});
}

}  // namespace group_commit_test
