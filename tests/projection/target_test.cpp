// Collections in a place without transactions: whatever call fails, every event counts once.
#include <eventstore/collections/target_collections.hpp>
#include <eventstore/schema/codec.hpp>

#include <map>
#include <random>

#include "projection/unlucky.hpp"

namespace target_test {

using namespace bank;

namespace {

// Documents that are appended, and changed or removed again in the same batch or a later one.
struct Marks {
  static constexpr auto name = "marks";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, count), (string, mark));
  };
  using reads = es::Everything;
  static void project(const es::AnyChange& c, es::Operations<Document>& to) {
    const auto position = c.event().position.value;
    to.append(c, {1, "new"});
    if (position % 2 == 0) to.patch<&Document::mark>(c.event_key(), string{c.key()});
    if (position % 3 == 0) to.increment<&Document::count>(c.event_key(), {10, "nobody"});
    if (position % 5 == 0) to.remove(c.event_key());
    to.increment<&Document::count>("all", {1, "all"});
    if (position % 7 == 0) to.remove("all");
    to.upsert<&Document::mark>("latest", {1, string{c.key()}});
    if (position % 11 == 0) to.remove("latest");
  }
};

const es::ProjectionType marks = es::projection<Marks>();

std::vector<const es::ProjectionType*> projections_of(const Office& office) {
  auto all = office.all();
  all.push_back(&marks);
  return all;
}

// Documents in memory. From call `fails_at` on, `faults` calls fail, before they do their work or after it.
class ShakyTarget final : public es::DocumentTarget {
 public:
  using Documents = std::map<es::Uuid, es::TargetDocument>;

  std::map<std::string, Documents, std::less<>> collections{};
  int calls = 0;
  int fails_at = 0;
  int faults = 1;
  bool is_done_all_the_same = false;
  int purges = 0;

  es::Result<void> purge() override {
    ++purges;
    return {};
  }
  es::Result<std::optional<es::TargetDocument>> read(std::string_view collection, const es::Uuid& id) override {
    std::optional<es::TargetDocument> found;
    EVENTSTORE_TRY(call([&] {
      const auto& documents = collections[std::string{collection}];
      if (const auto at = documents.find(id); at != documents.end()) found = at->second;
    }));
    return found;
  }
  es::Result<void> write(std::string_view collection, const es::Uuid& id, const es::TargetDocument& document) override {
    return call([&] { collections[std::string{collection}].insert_or_assign(id, document); });
  }
  es::Result<void> remove(std::string_view collection, const es::Uuid& id) override {
    return call([&] { collections[std::string{collection}].erase(id); });
  }
  es::Result<void> drop(std::string_view collection) override {
    return call([&] { collections.erase(std::string{collection}); });
  }
  es::Result<std::uint64_t> count(std::string_view collection) override {
    return collections[std::string{collection}].size();
  }
  es::Result<std::optional<std::string>> read_state() override {
    std::optional<std::string> found;
    EVENTSTORE_TRY(call([&] { found = state_; }));
    return found;
  }
  es::Result<void> write_state(std::string_view state) override {
    return call([&] { state_ = std::string{state}; });
  }

 private:
  template <class Work> es::Result<void> call(Work work) {
    ++calls;
    const bool fails = fails_at > 0 && calls >= fails_at && calls < fails_at + faults;
    if (!fails || is_done_all_the_same) work();
    return fails ? es::Result<void>{es::failure(es::Errc::io_failed, "call target", "shaky", "no answer")}
                 : es::Result<void>{};
  }

  std::optional<std::string> state_{};
};

es::WorkerOptions options(std::size_t batch_events, std::size_t retries_max = 0) {
  es::WorkerOptions made{};
  made.batch_events = batch_events;
  made.retry.retries_max = retries_max;
  made.retry.wait = [](std::chrono::milliseconds, const std::stop_token&) {};
  return made;
}

// A process of its own would begin like this: nothing is known but what the target keeps.
es::Result<es::RunReport> run_on(ShakyTarget& target, const Office& office, const es::WorkerOptions& how) {
  es::TargetCollections collections{target};
  es::ProjectionWorker worker{office.log, office.aggregates, collections, how};
  return worker.run(projections_of(office));
}

// The documents of each collection, without the numbers of batches, and under no id the events that it was made of.
std::map<std::string, std::map<es::Uuid, std::string>> contents(ShakyTarget& target,
                                                                const std::vector<std::string>& names = {
                                                                    "balances", "totals", "lines", "marks"}) {
  std::map<std::string, std::map<es::Uuid, std::string>> all;
  es::TargetCollections collections{target};
  for (const auto& name : names) {
    const auto location = collections.location(name);
    REQUIRE(location);
    REQUIRE(location->has_value());
    for (const auto& [id, document] : target.collections[**location])
      all[name].emplace(id, document.organization + ' ' + document.json);
    auto& events = all[name][es::Uuid{}];
    const auto certificate = certificate_of(collections, name);
    for (const auto& each : certificate.events.value())
      events += each.category + ' ' + each.type + ' ' + std::to_string(each.events) + '\n';
  }
  return all;
}

void run_well(ShakyTarget& target, const Office& office, std::size_t batch_events) {
  const auto report = run_on(target, office, options(batch_events));
  if (!report) FAIL(report.error().message());
  REQUIRE(report->left.empty());
  REQUIRE(report->position == es::Position{office.log.head()->value});
}

}  // namespace

TEST_CASE("a target without transactions has the documents that SQLite has", "[projection][target]") {
  Office office;
  office.make_up(7, 500);
  ShakyTarget target;
  run_well(target, office, 50);
  const auto sqlite = open_collections();
  run(office, *sqlite, projections_of(office));
  es::TargetCollections collections{target};
  const auto documents = target.collections[**collections.location("totals")];
  const auto expected = rows(*sqlite, "SELECT _id, count, euros, last FROM totals ORDER BY _id");
  std::vector<es::SqlRow> found;
  for (const auto& [id, document] : documents) {
    const auto total = es::from_json<Totals::Document>(document.json);
    REQUIRE(total);
    found.push_back({id.to_string(), total->count, total->euros, total->last});
  }
  CHECK(found == expected);
  for (const auto* const name : {"balances", "totals", "lines"})
    CHECK(*collections.count(name) == *sqlite->count(name));
  for (const auto* const name : {"balances", "totals", "lines"}) {
    const auto certificate = certificate_of(collections, name);
    CHECK(certificate.events == certificate_of(*sqlite, name).events);
    CHECK_FALSE(certificate.digest);
  }
  CHECK(collections.compute_digest(office.lines.shape, "lines").error().code == es::Errc::invalid_argument);
}

TEST_CASE("whichever call of a target fails a new worker counts every event once", "[projection][target]") {
  Office office;
  office.make_up(4, 60);
  ShakyTarget undisturbed;
  run_well(undisturbed, office, 20);
  const auto expected = contents(undisturbed);
  const bool is_done = GENERATE(false, true);
  // The next worker cuts its batches in another way, but for the one that was begun.
  const std::size_t next_batch = GENERATE(7U, 1000U);
  for (int call = 1; call <= undisturbed.calls; ++call) {
    ShakyTarget target;
    target.fails_at = call;
    target.faults = 1'000'000;  // until the process is gone
    target.is_done_all_the_same = is_done;
    (void)run_on(target, office, options(20));
    target.fails_at = 0;
    run_well(target, office, next_batch);
    INFO("failed from call " << call);
    CHECK(contents(target) == expected);
  }
}

TEST_CASE("whichever call of a target fails every event is set aside once", "[projection][target][set_aside]") {
  UnluckyOffice office;
  office.make_up(3, 17);
  UnluckyOffice::let({1, 6, 7, 20});
  const auto run_unlucky = [&](ShakyTarget& target, std::size_t batch_events) {
    es::TargetCollections collections{target};
    es::ProjectionWorker worker{office.log, office.aggregates, collections, options(batch_events)};
    return worker.run(office.unlucky());
  };
  ShakyTarget undisturbed;
  REQUIRE(run_unlucky(undisturbed, 5));
  const std::vector<std::string> names{"journal", "latest", "sums"};
  const auto expected = contents(undisturbed, names);
  const bool is_done = GENERATE(false, true);
  for (int call = 1; call <= undisturbed.calls; ++call) {
    CAPTURE(call, is_done);
    ShakyTarget target;
    target.fails_at = call;
    target.faults = 1'000'000;
    target.is_done_all_the_same = is_done;
    (void)run_unlucky(target, 5);
    target.fails_at = 0;
    const auto report = run_unlucky(target, 9);
    REQUIRE(report);
    CHECK(report->left.empty());
    es::TargetCollections collections{target};
    for (const auto& name : names) {
      CHECK(set_aside_at(collections, name) == Places{1, 6, 7, 20});
      CHECK((*collections.checkpoint(name))->set_aside == es::SetAsideCounts{4, 0});
    }
    CHECK(contents(target, names) == expected);
  }
}

TEST_CASE("a target whose calls fail now and then is retried and every event counts once", "[projection][target]") {
  Office office;
  office.make_up(4, 60);
  ShakyTarget undisturbed;
  run_well(undisturbed, office, 20);
  const auto expected = contents(undisturbed);
  const bool is_done = GENERATE(false, true);
  for (int call = 1; call <= undisturbed.calls; ++call) {
    ShakyTarget target;
    target.fails_at = call;
    target.is_done_all_the_same = is_done;
    const auto report = run_on(target, office, options(20, 3));
    target.fails_at = 0;
    REQUIRE(report);
    INFO("call " << call << " failed");
    CHECK(report->left.empty());
    CHECK(contents(target) == expected);
  }
}

TEST_CASE("workers on a target that fails at random count every event once while the log grows",
          "[projection][target]") {
  std::mt19937 random{Catch::rngSeed()};
  Office office;
  ShakyTarget target;
  for (unsigned round = 0; round < 60; ++round) {
    office.make_up(round == 0 ? 5 : 0, 0);
    for (int n = 0; n < 12; ++n) {
      const auto account = random() % 5;
      office.record(std::to_string(account), Deposited{static_cast<int64_t>(1 + random() % 300)},
                    account % 2 == 0 ? "even" : "odd");
    }
    target.fails_at = target.calls + 1 + static_cast<int>(random() % 150);
    target.faults = random() % 2 == 0 ? 1'000'000 : 1;
    target.is_done_all_the_same = random() % 2 == 0;
    (void)run_on(target, office, options(1 + random() % 30, random() % 3));
  }
  target.fails_at = 0;
  run_well(target, office, 10);
  ShakyTarget undisturbed;
  run_well(undisturbed, office, 1000);
  CHECK(contents(target) == contents(undisturbed));
}

TEST_CASE("a rebuild in a target fills a place of its own and keeps the old one until the next",
          "[projection][target]") {
  Office office;
  office.make_up(4, 60);
  ShakyTarget target;
  run_well(target, office, 20);
  const auto expected = contents(target);
  es::TargetCollections collections{target};
  const auto before = collections.location("totals");
  int calls = target.calls;
  es::ProjectionWorker worker{office.log, office.aggregates, collections, options(20)};
  REQUIRE(worker.rebuild(office.totals));
  CHECK(contents(target) == expected);
  CHECK(*collections.location("totals") != *before);
  CHECK(*collections.location(es::kept_name("totals")) == *before);
  REQUIRE(collections.roll_back("totals"));
  CHECK(*collections.location("totals") == *before);
  CHECK(contents(target) == expected);
  REQUIRE(worker.rebuild(office.totals));
  CHECK(*collections.location(es::kept_name("totals")) == *before);
  calls = target.calls;
  REQUIRE(worker.rebuild(office.totals));
  CHECK(target.collections.find(**before) == target.collections.end());
  CHECK(contents(target) == expected);

  const int rebuild_calls = target.calls - calls;
  for (int call = 1; call <= rebuild_calls; ++call) {
    target.fails_at = target.calls + call;
    target.faults = 1'000'000;
    target.is_done_all_the_same = call % 2 == 0;
    es::ProjectionWorker failing{office.log, office.aggregates, collections, options(20)};
    (void)failing.rebuild(office.totals);
    target.fails_at = 0;
    INFO("failed from call " << call);
    CHECK(contents(target) == expected);
    es::ProjectionWorker next{office.log, office.aggregates, collections, options(20)};
    REQUIRE(next.rebuild(office.totals));
    CHECK(contents(target) == expected);
  }
}

TEST_CASE("a batch that is not made again as it was begun is refused and says what to do", "[projection][target]") {
  Office office;
  office.make_up(4, 60);
  ShakyTarget target;
  es::TargetCollections collections{target};
  target.fails_at = 40;
  target.faults = 1'000'000;
  (void)run_on(target, office, options(30));
  target.fails_at = 0;
  auto checkpoint = collections.checkpoint("totals");
  REQUIRE(checkpoint);
  REQUIRE(*checkpoint);
  REQUIRE((*checkpoint)->begun);
  auto to = **checkpoint;
  to.position = (*checkpoint)->begun->next();
  const es::CollectionBatch other{&office.totals.shape, "totals", {}, (*checkpoint)->position, to, {}};
  const auto refused = collections.commit({&other, 1});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == es::Errc::invalid_argument);
  CHECK_THAT(refused.error().message(), Catch::Contains("was begun") && Catch::Contains("rebuild the collection"));
}

TEST_CASE("questions to collections in a target say whom to ask", "[projection][target]") {
  Office office;
  ShakyTarget target;
  es::TargetCollections collections{target};
  const auto found = collections.find(office.totals.shape, "even", {});
  REQUIRE_FALSE(found);
  CHECK_THAT(found.error().message(), Catch::Contains("ask that place"));
}

TEST_CASE("a purge of a target drops what no collection uses and asks the target for the rest",
          "[projection][target]") {
  ShakyTarget target;
  es::TargetCollections collections{target};
  const auto shape = es::projection<Balances>().shape;
  REQUIRE(collections.create(shape, "balances", {}));
  REQUIRE(collections.create(shape, "balances__kept", {}));
  CHECK(*collections.names() == std::vector<string>{"balances", "balances__kept"});
  const auto place = **collections.location("balances__kept");
  REQUIRE(target.write(place, es::Uuid{}, {"even", "{}", 1}));
  target.fails_at = target.calls + 3;  // where the documents are dropped, after the state was read and written
  CHECK_FALSE(collections.drop("balances__kept"));
  CHECK(target.collections.contains(place));
  CHECK(*collections.names() == std::vector<string>{"balances"});
  REQUIRE(collections.purge());
  CHECK(target.purges == 1);
  CHECK_FALSE(target.collections.contains(place));
}

}  // namespace target_test
