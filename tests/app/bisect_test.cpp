#include <eventstore/app/append.hpp>
#include <eventstore/app/bisect.hpp>

#include "two_branches.hpp"

namespace bisect_test {

using namespace bank;
using es::Errc;

namespace {

// Parcels that move once a second, to p0, p1 and p2 in turn.
struct Depot : BusyStore {
  es::ManualClock clock{noon};

  Depot() { open(clock); }
  void fill(const string& key, int moves, const string& organization = "org-a") {
    es::CommandOptions options;
    options.metadata.organization = organization;
    options.metadata.user_id = "u-1";
    clock.advance_seconds(1);
    REQUIRE(store->execute<Parcel>(key, Send{"t"}, options));
    move(key, moves, options);
  }
  void move(const string& key, int moves, const es::CommandOptions& options) {
    for (int i = 0; i < moves; ++i) {
      clock.advance_seconds(1);
      REQUIRE(store->execute<Parcel>(key, Move{"p" + std::to_string(i % 3)}, options));
    }
  }
  es::Result<app::BisectReport> search(const app::Bisect& parameters, Rows<app::BisectedVersion>& rows) {
    return app::bisect(*store, parameters, rows);
  }
  std::vector<string> found(const app::Bisect& parameters) {
    Rows<app::BisectedVersion> rows;
    must(search(parameters, rows));
    std::vector<string> all;
    for (const auto& row : rows.all) all.push_back(row.stream + "@" + std::to_string(row.version));
    return all;
  }
  es::Error error(const app::Bisect& parameters) {
    Rows<app::BisectedVersion> rows;
    const auto report = search(parameters, rows);
    REQUIRE_FALSE(report);
    CHECK(rows.all.empty());
    return report.error();
  }
  void drop(bool without_states) {
    auto parameters = drop_before(clock.now().plus_seconds(1));
    parameters.without_states = without_states;
    must(app::retain(*store, parameters));
  }
};

using Found = std::vector<string>;

}  // namespace

TEST_CASE("bisect tells the first version at which a predicate holds and what it changed", "[bisect]") {
  Depot depot;
  depot.fill("a", 5);
  Rows<app::BisectedVersion> rows;
  const auto report = must(depot.search({.stream = "parcel-a", .predicate = "visits.p0 == 2"}, rows));
  CHECK(report.found == 1);
  REQUIRE(rows.all.size() == 1);
  const auto& row = rows.all.front();
  CHECK(row.version == 5);
  CHECK(row.position == 5);
  CHECK(row.event_type == "ParcelMoved");
  CHECK(row.organization_id == "org-a");
  CHECK(row.user_id == "u-1");
  CHECK(row.created_at == noon.plus_seconds(5));
  CHECK(row.changes.text == R"({"before":{"visits":{"p0":1}},"after":{"visits":{"p0":2}}})");
}

TEST_CASE("all versions and half of them are searched as asked", "[bisect]") {
  Depot depot;
  depot.fill("a", 9);
  const app::Bisect first{.stream = "parcel-a", .predicate = "event.data.place == 'p1'"};
  CHECK(depot.found(first) == Found{"parcel-a@3"});
  auto all = first;
  all.all = true;
  CHECK(depot.found(all) == Found{"parcel-a@3", "parcel-a@6", "parcel-a@9"});
  CHECK(depot.found({.stream = "parcel-a", .predicate = "visits.p2 >= 2", .binary = true}) == Found{"parcel-a@7"});
}

TEST_CASE("a category is searched for the streams in which a predicate ever holds", "[bisect]") {
  Depot depot;
  depot.fill("b", 4, "org-b");
  depot.fill("a", 4);
  depot.fill("c", 1);
  const app::Bisect search{.predicate = "visits.p0 == 2", .category = "parcel"};
  CHECK(depot.found(search) == Found{"parcel-a@5", "parcel-b@5"});
  // The words of a command.
  CHECK(depot.found({.stream = "visits.p0 == 2", .category = "parcel", .organization_id = "org-b"}) ==
        Found{"parcel-b@5"});
  auto every = search;
  every.all = true;
  every.predicate = "event.data.place == 'p0'";
  CHECK(depot.found(every) == Found{"parcel-a@2", "parcel-a@5", "parcel-b@2", "parcel-b@5", "parcel-c@2"});
  Rows<app::BisectedVersion> rows;
  std::uint64_t seen = 0;
  const auto report = must(app::bisect(*depot.store, search, rows, [&](const app::Progress& now) { seen = now.done; }));
  CHECK(report.streams == 3);
  CHECK(report.found == 2);
  CHECK(seen == 3);
}

TEST_CASE("a search that makes no sense says what to write", "[bisect]") {
  Depot depot;
  depot.fill("a", 1);
  const auto invalid = [&](const app::Bisect& parameters) {
    const auto error = depot.error(parameters);
    CHECK(error.code == Errc::invalid_argument);
    return error.message();
  };
  using Catch::Contains;
  CHECK_THAT(invalid({}), Contains("a stream and a predicate"));
  CHECK_THAT(invalid({.stream = "parcel-a"}), Contains("a stream and a predicate"));
  CHECK_THAT(invalid({.category = "parcel"}), Contains("give a predicate"));
  CHECK_THAT(invalid({.stream = "parcel-a", .predicate = "is_lost", .category = "parcel"}), Contains("not both"));
  CHECK_THAT(invalid({.predicate = "is_lost", .category = "parcel", .binary = true}), Contains("--binary"));
  CHECK_THAT(invalid({.predicate = "is_lost", .category = "parcel", .all = true, .binary = true}), Contains("--all"));
  CHECK_THAT(invalid({.predicate = "event.type == 'ParcelMovd'", .category = "parcel"}),
             Contains("column 15") && Contains("did you mean ParcelMoved?"));
  CHECK_THAT(invalid({.stream = "parcel-a", .predicate = "is_lost", .all = true, .binary = true}), Contains("--all"));
  CHECK_THAT(invalid({.stream = "parcel-a", .predicate = "is_lost", .organization_id = "o"}), Contains("--category"));
  CHECK_THAT(invalid({.stream = "parcel-a", .predicate = "is_lst"}), Contains("column 1") && Contains("is_lost"));
  CHECK_THAT(invalid({.predicate = "true", .category = "diary"}), Contains("no state"));
  CHECK_THAT(invalid({.predicate = "true", .category = "unknown"}), Contains("no such category"));
  CHECK_THAT(invalid({.stream = "no stream", .predicate = "true"}), Contains("no stream"));
}

TEST_CASE("what holds nowhere is not found", "[bisect]") {
  Depot depot;
  depot.fill("a", 2);
  using Catch::Contains;
  const auto nowhere = depot.error({.stream = "parcel-a", .predicate = "is_lost"});
  CHECK(nowhere.code == Errc::not_found);
  CHECK_THAT(nowhere.message(), Contains("none of the 3 versions"));
  CHECK_THAT(depot.error({.stream = "parcel-a", .predicate = "is_lost", .binary = true}).message(),
             Contains("last version, 3"));
  CHECK_THAT(depot.error({.predicate = "is_lost", .category = "parcel"}).message(), Contains("nowhere in 1 streams"));
  CHECK_THAT(depot.error({.stream = "parcel-z", .predicate = "is_lost"}).message(), Contains("no such stream"));
}

TEST_CASE("an error of whoever takes the versions ends the search", "[bisect]") {
  Depot depot;
  depot.fill("a", 2);
  const app::Bisect one{.stream = "parcel-a", .predicate = "true"};
  CHECK(app::bisect(*depot.store, one, full).error().code == Errc::out_of_space);
  const app::Bisect many{.predicate = "true", .category = "parcel"};
  CHECK(app::bisect(*depot.store, many, full).error().code == Errc::out_of_space);
}

TEST_CASE("after a drop the search begins behind it with the state that was kept", "[bisect][retain]") {
  Depot depot;
  depot.fill("a", 150);
  depot.fill("b", 2);
  depot.drop(false);
  es::CommandOptions options;
  options.metadata.organization = "org-a";
  depot.move("a", 9, options);
  const auto dropped = must(depot.store->log().kept_state(*es::StreamId::parse("parcel-a")));
  REQUIRE(dropped);
  const auto first = dropped->version.value + 1;
  const auto holding = depot.found({.stream = "parcel-a", .predicate = "exists event", .all = true});
  REQUIRE_FALSE(holding.empty());
  CHECK(holding.front() == "parcel-a@" + std::to_string(first));
  CHECK(depot.found({.stream = "parcel-a", .predicate = "not exists previous and exists before", .all = true}) ==
        Found{holding.front()});
  CHECK(depot.found({.stream = "parcel-a", .predicate = "visits.p0 >= 52", .binary = true}) ==
        depot.found({.stream = "parcel-a", .predicate = "visits.p0 >= 52"}));
}

TEST_CASE("a stream whose beginning is lost is left out and counted", "[bisect][retain]") {
  Depot depot;
  depot.fill("a", 150);
  depot.fill("b", 2);
  depot.drop(true);
  CHECK(depot.error({.stream = "parcel-a", .predicate = "true"}).code == Errc::expired);
  Rows<app::BisectedVersion> rows;
  const auto report = must(depot.search({.predicate = "true", .category = "parcel"}, rows));
  CHECK(report.expired == 1);
  CHECK(report.streams == 2);
  CHECK(rows.all.size() == 1);
}

}  // namespace bisect_test
