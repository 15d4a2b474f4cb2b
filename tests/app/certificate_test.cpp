#include <eventstore/app/certificate.hpp>
#include <eventstore/app/verify_projections.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/schema/codec.hpp>

#include "branch.hpp"

namespace certificate_test {

using namespace bank;
namespace app = es::app;

namespace {

// Two collections of ten events.
struct Certified {
  SmallBranch branch;
  es::Store store = branch.open();
  es::CollectionShape shape = es::shape_of<Balances>();

  Certified() {
    branch.fill(store, 10);
    REQUIRE(app::run_projections(
        store, {}, [](const app::ProjectionRun&) { return es::Result<void>{}; }, [](const app::ProjectionLeft&) {}));
  }
  app::ProjectionCertificate certificate() { return must(app::certificate_of(*must(store.collections()), shape)); }
  std::vector<app::ProjectionVerified> verify() {
    Rows<app::ProjectionVerified> rows;
    REQUIRE(app::verify_projections(store, {}, rows));
    return rows.all;
  }
  std::optional<std::string> digest_in_status() {
    Rows<app::ProjectionState> rows;
    REQUIRE(app::list_projections(store, rows));
    return rows.all.front().digest;
  }
  void edit(const std::string& sql) { REQUIRE(must(es::SqliteCollections::open(store.collections_path()))->rows(sql)); }
};

}  // namespace

TEST_CASE("a certificate says of which events a collection was made", "[project][certificate]") {
  Certified test;
  auto certificate = test.certificate();
  REQUIRE(certificate.digest);
  CHECK(test.digest_in_status() == certificate.digest);
  certificate.digest.reset();
  CHECK(es::to_json(certificate) ==
        R"({"first":1,"last":10,"events":10,"types":[{"category":"account","event_type":"AccountOpened","events":1},)"
        R"({"category":"account","event_type":"MoneyDeposited","events":9}]})");
}

TEST_CASE("a certificate says that something else than a worker has changed a document", "[project][certificate]") {
  Certified test;
  const auto before = *test.certificate().digest;
  test.edit("UPDATE balances SET cents = cents + 1");
  const auto after = test.certificate();
  CHECK(after.digest != before);
  REQUIRE(after.note);
  CHECK_THAT(*after.note, Catch::Contains(before) && Catch::Contains("project rebuild balances"));
  CHECK(test.digest_in_status() == before);
  Rows<app::ProjectionVerified> rows;
  CHECK_FALSE(must(app::verify_projections(test.store, {.names = {"balances"}}, rows)));
  REQUIRE(rows.all.front().certificate);
  CHECK(rows.all.front().certificate->note == after.note);
  CHECK(test.digest_in_status() == before);
}

TEST_CASE("a value that is stored otherwise than it reads makes a collection wrong", "[project][certificate]") {
  Certified test;
  const auto before = test.digest_in_status();
  test.edit("UPDATE balances SET cents = cents + 0.5");
  Rows<app::ProjectionVerified> rows;
  CHECK_FALSE(must(app::verify_projections(test.store, {.names = {"balances"}}, rows)));
  CHECK(rows.all.front().verified == "wrong");
  CHECK(rows.all.front().certificate->note);
  CHECK(test.digest_in_status() == before);
}

TEST_CASE("a verification that finds documents wrong gives them no digest", "[project][certificate]") {
  Certified test;
  test.edit("DELETE FROM _certificates");
  test.edit("UPDATE balances SET cents = cents + 1");
  test.verify();
  CHECK_FALSE(test.digest_in_status());
}

TEST_CASE("verifying a collection of an earlier build gives it a digest", "[project][certificate]") {
  Certified test;
  const auto before = test.digest_in_status();
  test.edit("DELETE FROM _certificates");
  CHECK_FALSE(test.digest_in_status());
  for (const auto& row : test.verify()) {
    REQUIRE(row.certificate);
    CHECK(row.certificate->digest);
    CHECK_FALSE(row.certificate->events);
    CHECK_FALSE(row.certificate->note);
  }
  CHECK(test.digest_in_status() == before);
}

}  // namespace certificate_test
