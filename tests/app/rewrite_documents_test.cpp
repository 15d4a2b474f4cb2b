// Documents are made again wherever they stand, and nothing else is touched.
#include <eventstore/app/rebuild_projections.hpp>
#include <eventstore/app/retain.hpp>
#include <eventstore/app/rewrite_documents.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/os/named_lock.hpp>

#include <stdexcept>

#include "branch.hpp"

namespace rewrite_documents_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

// One document a stream, one an event, sums of an organization, and sums of all.
struct ByStream : Balances {
  static constexpr auto name = "by_stream";
  static constexpr auto keyed_by = es::KeyedBy::stream;
};
struct ByEvent {
  static constexpr auto name = "by_event";
  static constexpr auto keyed_by = es::KeyedBy::stream;
  static constexpr auto on_failure = es::OnFailure::set_aside;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Puts<Document>& to) {
    if (c.version.value == 3) throw std::runtime_error{"the owner is " + std::string{c.key}};
    to.append(c, {c.after.cents});
  }
};
struct ByOrganization : Balances {
  static constexpr auto name = "by_organization";
  static constexpr auto keyed_by = es::KeyedBy::organization;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.increment<&Document::cents>(c.metadata.organization, {1});
  }
};
struct OfAll : Balances {
  static constexpr auto name = "of_all";
};

struct Person {
  SmallBranch branch;
  es::Model model{{es::aggregate<Account>("1")},
                  {es::projection<ByStream>(), es::projection<ByEvent>(), es::projection<ByOrganization>(),
                   es::projection<OfAll>()}};
  std::string sentence;

  Person() {
    auto store = open();
    for (const std::string key : {"ada", "grace", "alan"}) branch.fill(store, 5, key);
    run(store);
  }
  es::Store open() {
    es::StoreOptions options{};
    options.clock = &branch.clock;
    options.snapshots = false;
    options.log.segment_bytes_max = 4096;
    options.log.prepared_bytes = 0;
    options.log.background_work = false;
    return must(es::Store::open(branch.directory, model, options));
  }
  static void run(es::Store& store) {
    REQUIRE(app::run_projections(
        store, {}, [](const app::ProjectionRun&) { return es::Result<void>{}; }, [](const app::ProjectionLeft&) {}));
  }
  // As it was before the person was forgotten.
  void edit(const std::string& sql) {
    auto store = open();
    REQUIRE(must(es::SqliteCollections::open(store.collections_path()))->rows(sql));
  }
  std::vector<std::string> texts(const std::string& sql) {
    auto store = open();
    std::vector<std::string> all;
    for (const auto& row : must(must(es::SqliteCollections::open(store.collections_path()))->rows(sql)))
      all.push_back(std::get<std::string>(row.front()));
    return all;
  }
  std::string documents(const std::string& collection) {
    std::string all;
    for (const auto& each : texts("SELECT _id || organization_id || cents FROM " + collection + " ORDER BY _id"))
      all += each + "\n";
    return all;
  }
  es::Result<std::vector<app::CollectionRewritten>> try_rewrite(const std::vector<std::string>& streams) {
    auto store = open();
    Rows<app::CollectionRewritten> rows;
    EVENTSTORE_TRY_ASSIGN(sentence, app::rewrite_documents(store, {streams, "default"}, rows));
    return rows.all;
  }
  // What was done with each collection.
  std::vector<std::string> rewrite(const std::vector<std::string>& streams = {"account-ada"}) {
    std::vector<std::string> all;
    for (const auto& each : must(try_rewrite(streams)))
      all.push_back(each.collection + ": " + each.done + (each.reason ? "!" : ""));
    return all;
  }
};

using Done = std::vector<std::string>;
const Done as_keyed{"by_stream: in place", "by_event: in place", "by_organization: in place", "of_all: rebuilt"};

}  // namespace

TEST_CASE("the documents of streams are made again in every collection as it is keyed", "[erasure][rewrite]") {
  Person test;
  std::vector<std::string> right;
  for (const auto& projection : test.model.projections) right.push_back(test.documents(projection.name()));
  for (const auto& projection : test.model.projections) test.edit("UPDATE " + projection.name() + " SET cents = 777");
  const auto rows = must(test.try_rewrite({"account-ada", "account-grace", "account-alan", "account-nobody"}));
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].changed == 3);
  CHECK(test.sentence.empty());
  for (std::size_t i = 0; i < right.size(); ++i) CHECK(test.documents(test.model.projections[i].name()) == right[i]);
  CHECK(test.rewrite() == as_keyed);
  CHECK(test.sentence.empty());
}

TEST_CASE("documents of other streams are not touched where a collection is keyed by stream", "[erasure][rewrite]") {
  Person test;
  test.edit("UPDATE by_stream SET cents = 777");
  const auto rows = must(test.try_rewrite({"account-ada"}));
  CHECK(rows[0].changed == 1);
  CHECK(test.texts("SELECT 'x' FROM by_stream WHERE cents = 777").size() == 2);
  CHECK(test.rewrite({"account-nobody"}).empty());
  CHECK(test.rewrite({}).empty());
}

TEST_CASE("events since the last run are in the documents afterwards", "[erasure][rewrite]") {
  Person test;
  {
    auto store = test.open();
    REQUIRE(store.execute<Account>("ada", Deposit{100}));
  }
  CHECK(test.rewrite() == as_keyed);
  CHECK(test.texts("SELECT 'x' FROM by_stream WHERE cents = 104").size() == 1);
}

TEST_CASE("what a rebuild has kept or left half-built is dropped", "[erasure][rewrite]") {
  Person test;
  {
    auto store = test.open();
    Rows<app::ProjectionRebuild> rebuilt;
    REQUIRE(app::rebuild_projections(store, {.names = {"by_stream", "of_all"}}, rebuilt));
    REQUIRE(app::rebuild_projections(store, {.names = {"by_event"}, .compare_only = true}, rebuilt));
  }
  auto done = as_keyed;
  done.insert(done.begin(), {"by_stream__kept: dropped", "by_event__rebuild: dropped", "of_all__kept: dropped"});
  CHECK(test.rewrite() == done);
  CHECK(test.texts("SELECT collection FROM _checkpoints ORDER BY 1") ==
        Done{"by_event", "by_organization", "by_stream", "of_all"});
}

TEST_CASE("a collection of other code is rebuilt and one of no projection is named", "[erasure][rewrite]") {
  Person test;
  test.edit("UPDATE by_stream SET cents = 777");
  test.model.projections[0] = es::projection<ByStream>("other code");
  test.model.projections.pop_back();
  auto rows = test.rewrite();
  CHECK(rows == Done{"by_event: in place", "by_organization: in place", "by_stream: rebuilt", "of_all: left!"});
  CHECK_THAT(test.sentence, Catch::EndsWith("may still have values of the person: of_all"));
  CHECK(test.texts("SELECT 'x' FROM by_stream WHERE cents = 777").empty());
  CHECK(test.texts("SELECT collection FROM _checkpoints WHERE collection LIKE '%kept'").empty());
}

TEST_CASE("messages of dead letters that may quote the events are removed", "[erasure][rewrite]") {
  Person test;
  REQUIRE(test.texts("SELECT detail FROM _dead_letters WHERE detail LIKE '%the owner is ada%'").size() == 1);
  const auto rows = must(test.try_rewrite({"account-ada"}));
  CHECK(rows[1].messages == 1);
  CHECK(test.texts("SELECT detail FROM _dead_letters WHERE detail LIKE '%the owner is ada%'").empty());
  CHECK(test.texts("SELECT detail FROM _dead_letters WHERE detail LIKE '%the owner is%'").size() == 2);
  CHECK(test.texts("SELECT stream FROM _dead_letters").size() == 3);
}

TEST_CASE("documents of events that retention dropped stay and the sentence says so", "[erasure][rewrite]") {
  Person test;
  {
    auto store = test.open();
    test.branch.fill(store, 60, "edsger");
    Person::run(store);
    test.branch.clock.advance_seconds(10);
    app::Retain drop{};
    drop.before = test.branch.clock.now();
    drop.action = app::RetainAction::drop;
    REQUIRE(must(app::retain(store, drop)).segments > 0);
  }
  const auto rows = must(test.try_rewrite({"account-ada"}));
  REQUIRE(rows.size() == 4);
  for (const auto& row : rows) {
    CHECK(row.done == "rebuilt");
    CHECK_THAT(row.reason.value_or(""), Catch::Contains("--without-dropped"));
  }
  CHECK_THAT(test.sentence, Catch::Contains("by_stream"));
}

TEST_CASE("without collections there is nothing to rewrite and none are made", "[erasure][rewrite]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 3);
  Rows<app::CollectionRewritten> rows;
  CHECK(must(app::rewrite_documents(store, {{"account-ada"}, "default"}, rows)).empty());
  CHECK(rows.all.empty());
  CHECK_FALSE(std::filesystem::exists(store.collections_path()));
}

TEST_CASE("while another process rebuilds no documents are rewritten", "[erasure][rewrite]") {
  Person test;
  auto store = test.open();
  const auto lock = must(es::NamedLock::try_take(store.files(), store.collections_path() + "-rebuild"));
  REQUIRE(lock);
  Rows<app::CollectionRewritten> rows;
  CHECK(app::rewrite_documents(store, {{"account-ada"}, "default"}, rows).error().code == Errc::locked);
  CHECK(rows.all.empty());
}

}  // namespace rewrite_documents_test
