// Documents that are too old by the worker's clock.
#include <sys/wait.h>
#include <csignal>
#include <random>
#include <thread>

#include "projection/expiry_domain.hpp"
#include "projection/passing_collections.hpp"

namespace expiry_test {

using namespace bank;

namespace {

using Health = es::ProjectionStatus::Health;

struct Aging {
  Archive archive{};
  std::unique_ptr<es::SqliteCollections> sqlite = open_collections();

  explicit Aging(int days = 20) {
    archive.fill_days(days, 4);
    run(archive, *sqlite, archive.aging());
  }
  std::uint64_t expire(std::uint32_t days, std::size_t documents_max = 500) {
    es::ProjectionWorker worker{archive.log, archive.aggregates, *sqlite, archive.options(days, documents_max)};
    auto removed = worker.expire(archive.aging());
    if (!removed) FAIL(removed.error().message());
    return *removed;
  }
  void rebuild(const es::ProjectionType& projection) {
    es::ProjectionWorker worker{archive.log, archive.aggregates, *sqlite, archive.options(10)};
    const auto done = worker.rebuild(projection);
    if (!done) FAIL(done.error().message());
  }
};

// Breaks the expiries whose numbers are given, before or after they did their work.
class BreakingCollections final : public PassingCollections {
 public:
  using PassingCollections::PassingCollections;
  es::Errc code = es::Errc::out_of_space;
  int break_at = 0;
  int expiries = 0;
  std::size_t documents_seen_max = 0;

  es::Result<std::uint64_t> expire(const es::CollectionShape& shape, std::string_view name, es::Timestamp moment,
                                   std::size_t documents_max) override {
    if (++expiries == break_at) return es::failure(code, "expire documents", string{name});
    auto removed = PassingCollections::expire(shape, name, moment, documents_max);
    if (removed) documents_seen_max = std::max<std::size_t>(documents_seen_max, *removed);
    return removed;
  }
};

}  // namespace

TEST_CASE("documents older than the days of their collection go and others stay", "[projection][expiry]") {
  Aging test;
  CHECK(count_of(*test.sqlite, "movements") == 85);
  CHECK(test.expire(10, 7) == 41 + 20 + 3);  // movements, hours of the organizations, openings
  CHECK(count_of(*test.sqlite, "movements") == 44);
  CHECK(count_of(*test.sqlite, "hours") == 22);
  CHECK(test.expire(10) == 0);
}

TEST_CASE("nothing expires where no days are given and zero days are for ever", "[projection][expiry]") {
  const es::ProjectionType movements = es::projection<Movements>();
  es::ExpiryOptions options{};
  CHECK_FALSE(options.moment(movements.shape, noon));
  options.by_shape = true;
  CHECK(options.moment(movements.shape, noon) == noon.plus_seconds(-86'400 * 10));
  CHECK_FALSE(options.moment(es::projection<Openings>().shape, noon));
  options.days["movements"] = 3;
  CHECK(options.moment(movements.shape, noon) == noon.plus_seconds(-86'400 * 3));
  options.days["movements"] = 0;
  CHECK_FALSE(options.moment(movements.shape, noon));
}

TEST_CASE("the status of a collection tells up to when it has expired", "[projection][expiry]") {
  Aging test;
  es::ProjectionWorker worker{test.archive.log, test.archive.aggregates, *test.sqlite};
  CHECK_FALSE(worker.status(test.archive.movements)->expired_before);
  test.expire(10);
  CHECK(worker.status(test.archive.movements)->expired_before == noon.plus_seconds(-86'400 * 10));
}

TEST_CASE("a rebuild does not bring the expired back", "[projection][expiry]") {
  Aging test;
  test.expire(10);
  const auto before = aging_dump(*test.sqlite);
  for (const auto* const projection : test.archive.aging()) test.rebuild(*projection);
  CHECK(aging_dump(*test.sqlite) == before);
  CHECK(count_of(*test.sqlite, "movements") == 44);
  test.rebuild(test.archive.hours);
  CHECK(aging_dump(*test.sqlite) == before);
}

TEST_CASE("a late event of an expired time makes a document that goes at the next expiry", "[projection][expiry]") {
  Aging test;
  test.expire(10);
  const auto before = aging_dump(*test.sqlite);
  test.archive.record_late(15);
  run(test.archive, *test.sqlite, test.archive.aging());
  CHECK(count_of(*test.sqlite, "movements") == 45);
  CHECK(rows(*test.sqlite, "SELECT events FROM hours ORDER BY timestamp LIMIT 1") ==
        std::vector<es::SqlRow>{{int64_t{1}}});  // in part
  SECTION("of the worker") {}
  SECTION("also where the days have become more") {
    CHECK(test.expire(1000) == 3);
    CHECK(aging_dump(*test.sqlite) == before);
  }
  SECTION("or at a rebuild") {
    for (const auto* const projection : test.archive.aging()) test.rebuild(*projection);
    CHECK(aging_dump(*test.sqlite) == before);
  }
  test.expire(10);
  CHECK(aging_dump(*test.sqlite) == before);
}

TEST_CASE("a document that a late event brought back for a while is no difference from a rebuilt collection",
          "[projection][expiry]") {
  Aging test;
  test.expire(10);
  test.archive.record_late(15);
  run(test.archive, *test.sqlite, test.archive.aging());
  es::RebuildOptions verify{};
  verify.compare_only = true;
  verify.discard = true;
  es::ProjectionWorker worker{test.archive.log, test.archive.aggregates, *test.sqlite, test.archive.options(10)};
  for (const auto* const projection : test.archive.aging()) {
    const auto report = worker.rebuild(*projection, {}, verify);
    REQUIRE(report);
    REQUIRE(report->comparison);
    CHECK(report->comparison->is_same());
  }
  // An edited document that has not expired is one.
  REQUIRE(test.sqlite->rows("UPDATE hours SET events = 99 WHERE timestamp = (SELECT max(timestamp) FROM hours)"));
  CHECK(worker.rebuild(test.archive.hours, {}, verify)->comparison->changed == 2);
}

TEST_CASE("a collection that another code or another log made is not touched", "[projection][expiry]") {
  Aging test;
  test.archive.movements.source_hash = "other code";
  CHECK(test.expire(10) == 23);
  Archive other;
  other.fill_days(20, 1);
  es::ProjectionWorker worker{other.log, other.aggregates, *test.sqlite, other.options(5)};
  CHECK(worker.expire(other.aging()) == 0U);
  CHECK(count_of(*test.sqlite, "movements") == 85);
}

TEST_CASE("an expiry that fails between its transactions goes on at the next call", "[projection][expiry]") {
  Aging expected;
  expected.expire(10);
  for (int at = 1; at <= 12; ++at) {
    Aging test;
    BreakingCollections breaking{*test.sqlite};
    breaking.break_at = at;
    breaking.code = es::Errc::read_only;
    es::ProjectionWorker worker{test.archive.log, test.archive.aggregates, breaking, test.archive.options(10, 7)};
    const auto removed = worker.expire(test.archive.aging());
    CHECK(removed.has_value() == (breaking.expiries < at));
    CHECK(breaking.documents_seen_max <= 7);
    for (const auto* const name : {"movements", "hours", "openings"}) count_of(*test.sqlite, name);
    test.expire(10, 7);
    CHECK(aging_dump(*test.sqlite) == aging_dump(*expected.sqlite));
  }
}

TEST_CASE("an expiry of one collection that fails holds up no other", "[projection][expiry]") {
  Aging test;
  BreakingCollections breaking{*test.sqlite};
  breaking.break_at = 1;
  breaking.code = es::Errc::corrupt_record;
  es::ProjectionWorker worker{test.archive.log, test.archive.aggregates, breaking, test.archive.options(10)};
  const auto removed = worker.expire(test.archive.aging());
  REQUIRE_FALSE(removed);
  CHECK(removed.error().code == es::Errc::corrupt_record);
  CHECK(count_of(*test.sqlite, "movements") == 85);
  CHECK(count_of(*test.sqlite, "hours") == 22);
  CHECK(count_of(*test.sqlite, "openings") == 0);
}

TEST_CASE("an expiry is stopped between two transactions", "[projection][expiry]") {
  Aging test;
  std::stop_source stop;
  stop.request_stop();
  es::ProjectionWorker worker{test.archive.log, test.archive.aggregates, *test.sqlite, test.archive.options(10)};
  const auto stopped = worker.expire(test.archive.aging(), stop.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == es::Errc::stopped);
}

namespace {

// Follows the archive's log. After each run the next of `steps` is taken; after the last one it ends.
struct Followed : Aging {
  std::vector<std::function<void()>> steps{};
  std::vector<es::RunReport> reports{};

  void follow(es::Collections& collections, es::WorkerOptions options) {
    es::ProjectionWorker worker{archive.log, archive.aggregates, collections, std::move(options)};
    const auto on_run = [&](const es::RunReport& report) {
      reports.push_back(report);
      if (reports.size() > steps.size()) return false;
      steps[reports.size() - 1]();
      return true;
    };
    // It appends only when nothing is left to expire, and so ends the wait.
    const auto done = worker.follow(archive.aging(), {}, {.on_run = on_run, .patience = std::chrono::milliseconds{0}});
    if (!done) FAIL(done.error().message());
  }
  void append_one() { archive.record("0", Deposited{1}, "even"); }
};

// Tells when nothing is left to remove: the next event may come.
class IdleCollections final : public PassingCollections {
 public:
  IdleCollections(es::Collections& collections, std::function<void()> on_idle)
      : PassingCollections{collections}, on_idle_{std::move(on_idle)} {}
  std::size_t removed_max = 0;
  int refusals = 0;

  es::Result<std::uint64_t> expire(const es::CollectionShape& shape, std::string_view name, es::Timestamp moment,
                                   std::size_t documents_max) override {
    if (refusals > 0) {
      --refusals;
      return es::failure(es::Errc::out_of_space, "expire documents", string{name});
    }
    auto removed = PassingCollections::expire(shape, name, moment, documents_max);
    if (removed) removed_max = std::max<std::size_t>(removed_max, *removed);
    if (removed && *removed < documents_max && name == "openings") on_idle_();
    return removed;
  }

 private:
  std::function<void()> on_idle_;
};

}  // namespace

TEST_CASE("a worker that follows removes what is too old and projects meanwhile", "[projection][expiry][follow]") {
  Followed test;
  IdleCollections collections{*test.sqlite, [&] { test.append_one(); }};
  test.steps = {[] {}, [] {}};
  test.steps[1] = [&] { test.archive.clock.set(noon.plus_seconds(86'400)); };
  test.follow(collections, test.archive.options(10, 7));
  REQUIRE(test.reports.size() == 3);
  CHECK(test.reports[0].expired == 0);
  CHECK(test.reports[1].expired == 64);
  CHECK(test.reports[1].events == 1);
  CHECK(test.reports[2].expired == 4 + 2 + 1);  // of a day more, and an old opening that an event brought back
  CHECK(collections.removed_max == 7);
  CHECK(count_of(*test.sqlite, "movements") == 42);
}

TEST_CASE("a worker that follows removes nothing where no limit is on", "[projection][expiry][follow]") {
  Followed test;
  test.steps = {[&] { test.append_one(); }};
  auto options = test.archive.options(0);
  test.follow(*test.sqlite, options);
  CHECK(test.reports[1].expired == 0);
  CHECK(count_of(*test.sqlite, "movements") == 86);
  CHECK_FALSE(*test.sqlite->expired_before("movements"));
}

TEST_CASE("a fault of an expiry is told and the worker follows on and tries again", "[projection][expiry][follow]") {
  Followed test;
  IdleCollections collections{*test.sqlite, [&] { test.append_one(); }};
  collections.refusals = 1;
  test.steps = {[] {}, [&] { test.archive.clock.advance_seconds(61); }};
  auto options = test.archive.options(0);
  options.expiry.days = {{"openings", 10}};
  test.follow(collections, options);
  REQUIRE(test.reports.size() == 3);
  REQUIRE(test.reports[1].not_expired.size() == 1);
  CHECK(test.reports[1].not_expired[0].first == "openings");
  CHECK(test.reports[1].not_expired[0].second.code == es::Errc::out_of_space);
  CHECK(test.reports[1].left.empty());
  CHECK(test.reports[2].not_expired.empty());
  CHECK(test.reports[2].expired == 3);
}

namespace {

// Expires in a process of its own, which is killed after `patience`. Whether it was killed in its midst.
bool expire_and_kill(const Archive& archive, const string& path, std::chrono::microseconds patience) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    auto collections = es::SqliteCollections::open(path);
    if (!collections) ::_exit(3);
    es::ProjectionWorker worker{archive.log, archive.aggregates, **collections, archive.options(10, 3)};
    ::_exit(worker.expire(archive.aging()) ? 0 : 2);
  }
  std::this_thread::sleep_for(patience);
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  if (!WIFSIGNALED(status)) CHECK(WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

}  // namespace

TEST_CASE("an expiry that is killed leaves right numbers and a rebuild brings nothing back",
          "[projection][expiry][crash]") {
  Archive archive;
  archive.fill_days(60, 20);
  const auto undisturbed = open_collections();
  run(archive, *undisturbed, archive.aging());
  es::ProjectionWorker worker{archive.log, archive.aggregates, *undisturbed, archive.options(10)};
  REQUIRE(worker.expire(archive.aging()));
  const auto expected = aging_dump(*undisturbed);

  std::mt19937 random{Catch::rngSeed()};
  int killed = 0;
  for (int round = 0; round < 15; ++round) {
    const WorkFolder folder;
    const auto path = folder.file("collections.sqlite");
    {
      const auto collections = open_collections(path);
      run(archive, *collections, archive.aging());
    }
    for (int tries = 0; tries < 3; ++tries)
      if (expire_and_kill(archive, path, std::chrono::microseconds{random() % 40'000})) ++killed;
    const auto collections = open_collections(path);
    for (const auto* const name : {"movements", "hours", "openings"}) count_of(*collections, name);
    es::ProjectionWorker next{archive.log, archive.aggregates, *collections, archive.options(10)};
    if (round % 2 == 0) REQUIRE(next.rebuild(archive.movements));
    REQUIRE(next.expire(archive.aging()));
    CHECK(aging_dump(*collections) == expected);
  }
  CHECK(killed > 0);
}

}  // namespace expiry_test
