// A part of a collection is made again in place, and no other document is touched.
#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/projection/part_rebuilder.hpp>

#include <random>

#include "projection/expiry_domain.hpp"
#include "projection/passing_collections.hpp"

namespace part_rebuilder_test {

using namespace bank;
using es::Errc;

namespace {

struct InMemory {
  es::MemoryCollections collections;
};
struct InSqlite {
  std::unique_ptr<es::SqliteCollections> engine = open_collections();
  es::SqliteCollections& collections = *engine;
};

// Writes of nobody's events: as somebody who edits the collection.
void write(es::Collections& collections, const es::ProjectionType& projection, std::vector<es::DocumentWrite> writes) {
  const auto at = *collections.checkpoint(projection.name());
  const es::CollectionBatch batch{&projection.shape, projection.name(), std::move(writes), at->position, *at};
  REQUIRE(collections.commit({&batch, 1}));
}
es::DocumentWrite removal(const string& key) { return {es::DocumentWrite::Kind::remove, key, "", {}, {}}; }
es::DocumentWrite zero(const string& key, const string& organization) {
  return {es::DocumentWrite::Kind::put, key, organization, es::encode(Balances::Document{}), {}};
}

// Sums of all organizations.
struct Sums {
  static constexpr auto name = "sums";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, events));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.increment<&Document::events>(c.metadata.organization, {1});
  }
};

// Sums that come and go.
struct Moves {
  static constexpr auto name = "moves";
  static constexpr auto keyed_by = es::KeyedBy::organization;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, count), (double, sum));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    const auto key = c.metadata.organization + std::to_string(c.after.cents % 7);
    if (c.after.cents % 11 == 3) return to.remove(key);
    to.increment<&Document::count, &Document::sum>(key, {1, 0.1 * static_cast<double>(c.after.cents)});
  }
};

template <class Engine> struct Parts : Engine {
  Archive office;
  es::ProjectionType moves = es::projection<Moves>();

  explicit Parts(unsigned seed = 1) {
    office.make_up(6, 120, seed);
    run(office, this->collections, all());
  }
  [[nodiscard]] std::vector<const es::ProjectionType*> all() const {
    return {&office.balances, &office.lines, &office.movements, &office.hours, &moves};
  }
  es::Result<es::PartReport> rebuild(const es::ProjectionType& projection, const es::CollectionPart& part) {
    return es::PartRebuilder{office.log, office.aggregates, this->collections}.rebuild(projection, part);
  }
  [[nodiscard]] std::vector<string> dump() {
    std::vector<string> lines;
    for (const auto* const each : all())
      for (auto& line : scanned_documents(this->collections, *each)) lines.push_back(std::move(line));
    return lines;
  }
};

}  // namespace

TEMPLATE_TEST_CASE("rebuilding a part of an undamaged collection changes nothing", "[projection][part]", InMemory,
                   InSqlite) {
  Parts<TestType> test{GENERATE(1U, 2U, 3U, 4U)};
  const auto right = test.dump();
  const auto head = *test.office.log.head();
  for (const auto* const projection : test.all()) {
    for (const string organization : {"even", "odd", "nobody"}) {
      const auto report = test.rebuild(*projection, {"", organization});
      if (!report) FAIL(report.error().message());
      CHECK(report->comparison.is_same());
      CHECK(report->position == head);
      CHECK((report->events > 0) == (organization != "nobody"));
    }
    if (projection->keyed_by != es::KeyedBy::stream) continue;
    for (const string key : {"0", "1", "5"}) {
      const auto report = test.rebuild(*projection, {"account-" + key, ""});
      if (!report) FAIL(report.error().message());
      CHECK(report->comparison.is_same());
      CHECK(report->comparison.same > 0);
    }
  }
  CHECK(test.dump() == right);
  CHECK_FALSE(*test.collections.checkpoint("balances__part"));
}

TEMPLATE_TEST_CASE("documents that were edited or removed come back and no others are touched", "[projection][part]",
                   InMemory, InSqlite) {
  Parts<TestType> test;
  const auto& balances = test.office.balances;
  const auto right = scanned_documents(test.collections, balances);
  write(test.collections, balances, {removal("1"), zero("3", "odd"), zero("2", "even")});
  const auto wrong = scanned_documents(test.collections, balances);
  SECTION("of one stream") {
    const auto report = *test.rebuild(balances, {"account-3", ""});
    CHECK(report.comparison.changed == 1);
    CHECK(report.comparison.added == 0);
    CHECK_FALSE(report.comparison.fields.empty());
    CHECK(scanned_documents(test.collections, balances).size() == right.size() - 1);
    CHECK(test.rebuild(balances, {"account-1", ""})->comparison.added == 1);
    CHECK(test.rebuild(balances, {"account-0", ""})->comparison.same == 1);
    CHECK(scanned_documents(test.collections, balances) != right);
    CHECK(test.rebuild(balances, {"account-2", ""})->comparison.changed == 1);
  }
  SECTION("of one organization") {
    write(test.collections, balances, {zero("nobody's", "odd")});
    const auto report = *test.rebuild(balances, {"", "odd"});
    CHECK(report.comparison.changed == 1);
    CHECK(report.comparison.added == 1);
    CHECK(report.comparison.removed == 1);
    CHECK(report.comparison.same == 1);
    CHECK(scanned_documents(test.collections, balances) != right);
    CHECK(test.rebuild(balances, {"", "even"})->comparison.changed == 1);
  }
  CHECK(scanned_documents(test.collections, balances) == right);
  CHECK(wrong != right);
  CHECK(*test.collections.count("balances") == right.size());
  test.office.make_up(6, 20, 9);
  CHECK(run(test.office, test.collections, test.all()).left.empty());
}

TEST_CASE("rows that were edited at random come back with their organization", "[projection][part]") {
  Parts<InSqlite> test;
  const auto right = test.dump();
  std::mt19937 random{GENERATE(1U, 2U, 3U, 4U, 5U)};
  for (int edits = 0; edits < 10; ++edits) {
    const auto* const projection = test.all()[random() % 5];
    const auto some = projection->name() + " WHERE _rowid_ % 7 = " + std::to_string(random() % 7);
    const auto& column = projection->shape.columns.front().name;
    rows(*test.engine, random() % 2 == 0 ? "DELETE FROM " + some
                                         : "UPDATE " + projection->name() + " SET " + column +
                                               " = 0 WHERE _rowid_ % 5 = " + std::to_string(random() % 5));
  }
  for (const auto* const projection : test.all()) {
    const auto before = certificate_of(test.collections, projection->name()).digest;
    REQUIRE(before);
    bool was_changed = false;
    for (const string organization : {"even", "odd"}) {
      const auto report = test.rebuild(*projection, {"", organization});
      REQUIRE(report);
      was_changed = was_changed || !report->comparison.is_same();
    }
    CHECK(certificate_of(test.collections, projection->name()).digest.has_value() != was_changed);
    CHECK(*test.collections.keep_digest(projection->shape, projection->name()) == *before);
    CHECK(*test.collections.count(projection->name()) == scanned_documents(test.collections, *projection).size());
  }
  CHECK(test.dump() == right);
}

TEMPLATE_TEST_CASE("documents that have expired do not come back with their part", "[projection][part]", InMemory,
                   InSqlite) {
  TestType test;
  Archive archive;
  archive.fill_days(20, 3);
  run(archive, test.collections, archive.aging());
  es::WorkerOptions options{};
  options.clock = &archive.clock;
  options.expiry.by_shape = true;
  es::ProjectionWorker worker{archive.log, archive.aggregates, test.collections, options};
  REQUIRE(*worker.expire(archive.aging()) > 0);
  const auto right = scanned_documents(test.collections, archive.movements);
  es::PartRebuilder rebuilder{archive.log, archive.aggregates, test.collections};
  CHECK(rebuilder.rebuild(archive.movements, {"account-0", ""})->comparison.is_same());
  CHECK(rebuilder.rebuild(archive.movements, {"", "even"})->comparison.is_same());
  CHECK(scanned_documents(test.collections, archive.movements) == right);
  // A document that a late event has brought back stays until the next expiry.
  archive.record_late(19);
  run(archive, test.collections, archive.aging());
  const auto with_late = scanned_documents(test.collections, archive.movements);
  REQUIRE(with_late.size() > right.size());
  CHECK(rebuilder.rebuild(archive.movements, {"", "even"})->comparison.is_same());
  CHECK(rebuilder.rebuild(archive.movements, {"", "odd"})->comparison.is_same());
  CHECK(scanned_documents(test.collections, archive.movements) == with_late);
}

namespace {

// A worker moves the collection before each of the first commits to it.
class BusyCollections final : public PassingCollections {
 public:
  using PassingCollections::PassingCollections;
  es::Result<void> commit(std::span<const es::CollectionBatch> batches) override {
    if (batches.front().name == "balances" && moves > 0) {
      --moves;
      on_commit();
    }
    return PassingCollections::commit(batches);
  }
  int moves = 3;
  std::function<void()> on_commit;
};

}  // namespace

TEST_CASE("a part is made again although a worker moves the collection meanwhile", "[projection][part]") {
  Parts<InSqlite> test;
  const auto& balances = test.office.balances;
  write(test.collections, balances, {removal("1")});
  BusyCollections busy{test.collections};
  unsigned seed = 20;
  busy.on_commit = [&] {
    test.office.make_up(6, 10, ++seed);
    run(test.office, test.collections, test.all());
  };
  const auto report = es::PartRebuilder{test.office.log, test.office.aggregates, busy}.rebuild(balances, {"", "odd"});
  REQUIRE(report);
  CHECK(busy.moves < 3);
  CHECK(report->position == *test.office.log.head());
  const auto made = scanned_documents(test.collections, balances);
  InSqlite fresh;
  run(test.office, fresh.collections, {&balances});
  CHECK(made == scanned_documents(fresh.collections, balances));
}

TEST_CASE("a part that cannot be made again is refused with what to do", "[projection][part]") {
  Parts<InSqlite> test;
  const auto& office = test.office;
  const auto refused = [&](const es::ProjectionType& projection, const es::CollectionPart& part) {
    const auto report = test.rebuild(projection, part);
    REQUIRE_FALSE(report);
    return report.error();
  };
  const auto sums = es::projection<Sums>();
  CHECK(refused(office.balances, {}).code == Errc::invalid_argument);
  CHECK(refused(office.balances, {"account-1", "odd"}).code == Errc::invalid_argument);
  CHECK_THAT(refused(sums, {"", "odd"}).detail, Catch::Contains("es::KeyedBy::organization"));
  CHECK_THAT(refused(test.moves, {"account-1", ""}).detail, Catch::Contains("es::KeyedBy::stream"));
  CHECK(refused(office.balances, {"parcel-1", ""}).code == Errc::invalid_argument);
  CHECK(refused(office.balances, {"account-99", ""}).code == Errc::not_found);
  CHECK(refused(office.openings, {"", "odd"}).code == Errc::invalid_argument);
  auto changed = es::projection<Balances>("other code");
  CHECK(refused(changed, {"account-1", ""}).code == Errc::refused);
  auto missing = es::projection<Balances>();
  missing.shape.name = "none";
  CHECK(refused(missing, {"account-1", ""}).code == Errc::not_found);
  std::stop_source stop;
  stop.request_stop();
  es::PartRebuilder rebuilder{office.log, office.aggregates, test.collections};
  CHECK(rebuilder.rebuild(office.balances, {"", "odd"}, stop.get_token()).error().code == Errc::stopped);
}

TEMPLATE_TEST_CASE("documents of several streams are made again in one go", "[projection][part]", InMemory, InSqlite) {
  Parts<TestType> test;
  const auto& balances = test.office.balances;
  const auto right = test.dump();
  write(test.collections, balances, {removal("1"), zero("3", "odd"), zero("2", "even"), zero("4", "even")});
  const auto wrong = scanned_documents(test.collections, balances);
  const auto report = *test.rebuild(balances, {.streams = {"account-1", "account-3", "account-4", "account-5"}});
  CHECK(report.comparison.added == 1);
  CHECK(report.comparison.changed == 2);
  CHECK(report.comparison.same == 1);
  CHECK(test.dump() != right);
  CHECK(test.rebuild(balances, {.streams = {"account-2"}})->comparison.changed == 1);
  CHECK(test.dump() == right);
  CHECK(test.rebuild(test.office.lines, {.streams = {"account-0", "account-1"}})->comparison.is_same());
}

TEST_CASE("several streams with one that cannot be made again are refused as a whole", "[projection][part]") {
  Parts<InSqlite> test;
  const auto& balances = test.office.balances;
  write(test.collections, balances, {removal("1")});
  const auto wrong = test.dump();
  CHECK(test.rebuild(balances, {.streams = {"account-1", "account-99"}}).error().code == Errc::not_found);
  CHECK(test.rebuild(balances, {.streams = {"account-1", "parcel-1"}}).error().code == Errc::invalid_argument);
  CHECK(test.rebuild(balances, {.stream = "account-1", .streams = {"account-2"}}).error().code ==
        Errc::invalid_argument);
  CHECK(test.rebuild(test.moves, {.streams = {"account-1"}}).error().code == Errc::invalid_argument);
  CHECK(test.dump() == wrong);
}

}  // namespace part_rebuilder_test
