// A rebuild is compared with the live collection before it takes its place.
#include <eventstore/collections/memory/memory_collections.hpp>

#include <algorithm>
#include <random>

#include "projection/bank_worker.hpp"
#include "projection/passing_collections.hpp"

namespace compare_test {

using namespace bank;
using Health = es::ProjectionStatus::Health;

namespace {

// As Totals, with another arithmetic and other fields.
struct OtherTotals : Totals {
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, count), (string, last), (int64_t, cents));
  };
  static void project(const Deposited& e, const es::Change<Account>&, es::Operations<Document>& to) {
    to.increment<&Document::count, &Document::cents>(std::to_string(e.cents % 10), {1, "nobody", e.cents});
  }
  static void project(const Withdrawn&, const es::Change<Account>&, es::Operations<Document>&) {}
};

struct Rebuild {
  Office office;
  WorkFolder folder;
  std::unique_ptr<es::SqliteCollections> collections = open_collections(folder.file("c"));

  Rebuild() {
    office.make_up(4, 96);
    run(office, *collections, office.all());
  }
  es::RebuildReport rebuild(const es::ProjectionType& projection, const es::RebuildOptions& options = {}) {
    es::ProjectionWorker worker{office.log, office.aggregates, *collections, {10, {}}};
    auto report = worker.rebuild(projection, {}, options);
    if (!report) FAIL(report.error().message());
    return std::move(*report);
  }
  es::ProjectionStatus status(const es::ProjectionType& projection) {
    return *es::ProjectionWorker{office.log, office.aggregates, *collections}.status(projection);
  }
  void edit(const string& sql) { REQUIRE(collections->rows(sql)); }
  [[nodiscard]] string id_of(const string& row) {
    return std::get<string>(rows(*collections, "SELECT _id FROM balances ORDER BY _id LIMIT 1 OFFSET " + row)[0][0]);
  }
};

es::RebuildOptions compare_only() {
  es::RebuildOptions options{};
  options.compare_only = true;
  return options;
}
es::RebuildOptions expect_same() {
  es::RebuildOptions options{};
  options.expect_same = true;
  return options;
}

}  // namespace

TEST_CASE("a rebuild of the same code has the same documents", "[projection][compare]") {
  Rebuild test;
  for (const auto* const projection : test.office.all()) {
    const auto report = test.rebuild(*projection, expect_same());
    CHECK(report.switched);
    REQUIRE(report.comparison);
    CHECK(report.comparison->is_same());
    CHECK(report.comparison->same == *test.collections->count(projection->name()));
    CHECK(report.comparison->before_position == es::Position{100});
    CHECK(report.comparison->after_position == es::Position{100});
  }
}

TEST_CASE("documents that were edited, added and removed by hand are named", "[projection][compare]") {
  Rebuild test;
  const auto edited = test.id_of("0");
  const auto gone = test.id_of("1");
  test.edit("UPDATE balances SET cents = cents + 1 WHERE _id = '" + edited + "'");
  test.edit("DELETE FROM balances WHERE _id = '" + gone + "'");
  test.edit(
      "INSERT INTO balances (_id, organization_id, cents, cents_before, version, opened_at, position) "
      "SELECT 'zz', 'org-9', 1, 2, 3, opened_at, 4 FROM balances LIMIT 1");
  const auto before = rows(*test.collections, "SELECT * FROM balances ORDER BY _id");
  const auto report = test.rebuild(test.office.balances, expect_same());
  CHECK_FALSE(report.switched);
  REQUIRE(report.comparison);
  const auto& found = *report.comparison;
  CHECK(found.added == 1);
  CHECK(found.removed == 1);
  CHECK(found.changed == 1);
  CHECK(found.same == 2);
  REQUIRE(found.fields.size() == 1);
  CHECK(found.fields[0].field == "cents");
  CHECK(found.fields[0].documents == 1);
  REQUIRE(found.examples.size() == 3);
  CHECK(found.examples[0].id == edited);
  CHECK(found.examples[0].field == "cents");
  CHECK(std::stol(found.examples[0].before) == std::stol(found.examples[0].after) + 1);
  CHECK(found.examples[1].id == gone);
  CHECK(found.examples[1].before.empty());
  CHECK(found.examples[2].id == "zz");
  CHECK(found.examples[2].after.empty());
  CHECK(rows(*test.collections, "SELECT * FROM balances ORDER BY _id") == before);  // nothing was changed
  CHECK(test.status(test.office.balances).health == Health::live);
}

TEST_CASE("a rebuild that only compares is switched to by the next one without folding again",
          "[projection][compare]") {
  Rebuild test;
  test.edit("UPDATE balances SET cents = 0");
  const auto compared = test.rebuild(test.office.balances, compare_only());
  CHECK_FALSE(compared.switched);
  CHECK(compared.events == 100);
  CHECK(compared.comparison->changed > 0);
  CHECK(test.status(test.office.balances).rebuilding);
  CHECK(test.status(test.office.balances).rebuild_position == es::Position{100});
  const auto switched = test.rebuild(test.office.balances);
  CHECK(switched.switched);
  CHECK(switched.events == 0);
  CHECK(rows(*test.collections, "SELECT 1 FROM balances WHERE cents <> 0").size() > 0);
  CHECK_FALSE(test.status(test.office.balances).rebuilding);
}

TEST_CASE("fields that came and went are told by name", "[projection][compare]") {
  Rebuild test;
  const auto other = es::projection<OtherTotals>();
  const auto report = test.rebuild(other, compare_only());
  REQUIRE(report.comparison);
  std::vector<string> fields;
  for (const auto& each : report.comparison->fields) fields.push_back(each.field);
  for (const string field : {"cents", "euros", "last"}) CHECK(std::count(fields.begin(), fields.end(), field) == 1);
  for (const auto& each : report.comparison->examples) {
    if (each.field == "cents") CHECK(each.before.empty());
    if (each.field == "euros") CHECK(each.after.empty());
  }
}

TEST_CASE("a live collection that lags behind is brought to the position of the rebuild", "[projection][compare]") {
  Rebuild test;
  test.office.make_up(4, 20, 2);
  const auto report = test.rebuild(test.office.balances, expect_same());
  CHECK(report.switched);
  CHECK(report.comparison->is_same());
  CHECK(report.comparison->before_position == *test.office.log.head());
}

TEST_CASE("a stale collection is compared where it stands", "[projection][compare]") {
  Rebuild test;
  test.office.make_up(4, 20, 2);
  const auto report = test.rebuild(es::projection<OtherTotals>());
  CHECK(report.switched);
  CHECK(report.comparison->before_position == es::Position{100});
  CHECK(report.comparison->after_position == *test.office.log.head());
}

TEST_CASE("events that come between the folding and the switch are folded too", "[projection][compare]") {
  Rebuild test;
  bool has_appended = false;
  es::WorkerOptions options{};
  options.on_progress = [&](const es::RunProgress& now) {
    if (now.events_done == 100 && !std::exchange(has_appended, true)) test.office.make_up(4, 20, 2);
  };
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, *test.collections, options};
  const auto report = worker.rebuild(test.office.lines);
  REQUIRE(report);
  CHECK(report->switched);
  CHECK(report->comparison->is_same());
  CHECK(test.status(test.office.lines).position == *test.office.log.head());
  CHECK(*test.collections->count("lines") == test.office.log.head()->value);
}

TEST_CASE("a collection can be verified against one that is made of the log", "[projection][compare]") {
  Office office;
  office.make_up(4, 96);
  es::MemoryCollections live;
  es::ProjectionWorker worker{office.log, office.aggregates, live};
  REQUIRE(worker.run(office.all()));
  REQUIRE(live.copy(office.lines.shape, "lines", "again", {}));
  const auto compared = es::compare_collections(live, office.lines.shape, "lines", "again", {3, 7});
  REQUIRE(compared);
  CHECK(compared->is_same());
  CHECK(compared->same == 100);
  CHECK(es::compare_collections(live, office.lines.shape, "lines", "nowhere").error().code == es::Errc::not_found);
}

namespace {

// Knows no way but two scans.
class Plain final : public PassingCollections {
 public:
  using PassingCollections::PassingCollections;
  es::Result<std::optional<es::DifferingDocuments>> differing(const es::CollectionShape&, std::string_view,
                                                              std::string_view, std::size_t) override {
    return std::optional<es::DifferingDocuments>{};
  }
};

void require_equal(const es::Comparison& a, const es::Comparison& b) {
  CHECK(a.same == b.same);
  CHECK(a.added == b.added);
  CHECK(a.removed == b.removed);
  CHECK(a.changed == b.changed);
  REQUIRE(a.fields.size() == b.fields.size());
  for (std::size_t i = 0; i < a.fields.size(); ++i) {
    CHECK(a.fields[i].field == b.fields[i].field);
    CHECK(a.fields[i].documents == b.fields[i].documents);
  }
  REQUIRE(a.examples.size() == b.examples.size());
  for (std::size_t i = 0; i < a.examples.size(); ++i) {
    CHECK(a.examples[i].id == b.examples[i].id);
    CHECK(a.examples[i].field == b.examples[i].field);
    CHECK(a.examples[i].before == b.examples[i].before);
    CHECK(a.examples[i].after == b.examples[i].after);
  }
}

// Keys that appear twice, as a projection's mistake makes them.
struct Twice {
  static constexpr auto name = "twice";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, position));
  };
  using reads = es::Everything;
  static void project(const es::AnyChange& c, es::Operations<Document>& to) {
    to.append(c, {static_cast<int64_t>(c.event().position.value)});
    if (c.event().position.value % 10 == 0) to.append(c, {0});
  }
};

}  // namespace

TEST_CASE("a comparison finds the same in whatever order it reads", "[projection][compare]") {
  Rebuild test;
  std::mt19937 random{GENERATE(1U, 2U, 3U, 4U, 5U, 6U)};
  const auto some = [&] { return std::to_string(1 + random() % 100); };
  for (int edits = static_cast<int>(random() % 8); edits > 0; --edits) switch (random() % 5) {
      case 0: test.edit("DELETE FROM lines WHERE position = " + some()); break;
      case 1: test.edit("UPDATE lines SET category = 'x' WHERE position = " + some()); break;
      case 2: test.edit("UPDATE lines SET organization_id = 'x' WHERE position = " + some()); break;
      case 3: test.edit("UPDATE lines SET data = NULL WHERE position % 20 = " + some()); break;
      // The same document in another row.
      default: test.edit("UPDATE lines SET _rowid_ = 1000 + _rowid_ WHERE position = " + some());
    }
  REQUIRE(test.collections->copy(test.office.lines.shape, "lines", "before", {}));
  test.rebuild(test.office.lines);
  for (const auto& [before, after] : {std::pair{"before", "lines"}, {"lines", "before"}, {"lines", "lines"}}) {
    Plain plain{*test.collections};
    const auto& shape = test.office.lines.shape;
    require_equal(*es::compare_collections(*test.collections, shape, before, after),
                  *es::compare_collections(plain, shape, before, after));
  }
}

TEST_CASE("two collections of other fields are compared alike in whatever order", "[projection][compare]") {
  Rebuild test;
  const auto other = es::projection<OtherTotals>();
  test.rebuild(other, compare_only());
  Plain plain{*test.collections};
  require_equal(*es::compare_collections(*test.collections, other.shape, "totals", "totals__rebuild"),
                *es::compare_collections(plain, other.shape, "totals", "totals__rebuild"));
}

TEST_CASE("a document that was appended twice counts once in a verification", "[projection][compare]") {
  Rebuild test;
  const auto twice = es::projection<Twice>();
  run(test.office, *test.collections, {&twice});
  es::RebuildOptions verification = compare_only();
  verification.discard = true;
  CHECK(test.rebuild(twice, verification).comparison->is_same());
  CHECK(*test.collections->count("twice") == 100);
  test.edit("UPDATE twice SET position = 3 WHERE position = 0");
  CHECK(test.rebuild(twice, verification).comparison->changed == 10);
  CHECK(test.rebuild(twice, verification).comparison->same == 90);
}

TEST_CASE("documents of one id in a table without its index are told apart once it is made", "[projection][compare]") {
  Rebuild test;
  const auto& shape = test.office.lines.shape;
  REQUIRE(test.collections->create(shape, "again", {}));
  test.edit("INSERT INTO again SELECT * FROM lines");
  const auto differing = [&] { return test.collections->differing(shape, "lines", "again", 10); };
  CHECK((*differing())->same == 100);
  const bool is_equal = GENERATE(true, false);
  test.edit("INSERT INTO again SELECT * FROM lines WHERE position = 5");
  if (!is_equal) test.edit("UPDATE again SET type = 'x' WHERE _rowid_ = 5");
  REQUIRE(differing());
  CHECK_FALSE(*differing());
  REQUIRE(test.collections->order_by_id(shape, "again", es::Position{0}));
  CHECK(es::compare_collections(*test.collections, shape, "lines", "again")->same == 100);
  CHECK(test.collections->order_by_id(shape, "again", es::Position{1}).error().code == es::Errc::locked);
  CHECK(test.collections->differing(shape, "lines", "nowhere", 10).error().code == es::Errc::not_found);
}

}  // namespace compare_test
