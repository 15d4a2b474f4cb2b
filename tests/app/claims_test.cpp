// Claims are brought in step with what streams have.
#include <eventstore/app/claims.hpp>

#include <filesystem>

#include "app/club_house.hpp"

namespace claims_test {

using namespace club;

namespace {

using Lines = std::vector<string>;

// A club that had no unique values yet.
struct FreeMember : es::AggregateOf<"member", MemberState, es::Events<Joined, Changed, Left, Greeted>> {
  static void evolve(State& state, const Joined& event) { Member::evolve(state, event); }
  static void evolve(State& state, const Changed& event) { Member::evolve(state, event); }
  static void evolve(State& state, const Left& event) { Member::evolve(state, event); }
  static void evolve(State&, const Greeted&) {}
};

struct Found {
  string summary;
  Lines findings{};
};

Found make_claims(es::Store& store, bool check = false) {
  Found found;
  const auto on_finding = [&](const app::ClaimFinding& each) {
    found.findings.push_back(es::to_json(each));
    return es::Result<void>{};
  };
  found.summary = es::to_json(must(app::make_claims(store, {.check = check}, on_finding)));
  return found;
}

void write_old_history(const ClubHouse& house) {
  es::StoreOptions options{};
  options.keys = house.keys;
  auto store = must(es::Store::open(house.folder.file("store"), {{es::aggregate<FreeMember>("1")}}, options));
  house.import(store, joined("ada", "ada@x") + joined("bob", "ADA@x") + joined("cyd", "cyd@x") + left("cyd", 2));
  CHECK(owners(store).empty());
  REQUIRE(store.close());
}

}  // namespace

TEST_CASE("what streams have from before their values were unique is claimed by one command", "[unique][claims]") {
  const ClubHouse house;
  write_old_history(house);
  auto store = house.open();
  const auto looked = make_claims(store, true);
  CHECK(looked.findings ==
        Lines{R"({"finding":"missing","stream":"member-ada","field":"email"})",
              R"({"finding":"duplicate","stream":"member-bob","field":"email","held_by":"member-ada"})"});
  CHECK(looked.summary == R"({"streams":3,"claims":0,"made":0,"released":0,"duplicates":1,"missing":1,"stale":0})");
  CHECK(owners(store).empty());
  CHECK(make_claims(store).summary ==
        R"({"streams":3,"claims":1,"made":1,"released":0,"duplicates":1,"missing":0,"stale":0})");
  CHECK(owners(store) == Lines{"member-ada"});
  const auto head = must(store.log().head());
  CHECK(make_claims(store).summary ==
        R"({"streams":3,"claims":1,"made":0,"released":0,"duplicates":1,"missing":0,"stale":0})");
  CHECK(must(store.log().head()) == head);
  REQUIRE(store.execute<Member>("bob", Update{"bob@x", {}}));
  CHECK(make_claims(store).findings.empty());
}

TEST_CASE("a claim whose owner has the value no more is released, and another stream may have it", "[unique][claims]") {
  const ClubHouse house;
  {
    auto store = house.open();
    REQUIRE(store.execute<Member>("ada", Join{"ada@x", "030"}));
    REQUIRE(store.close());
  }
  {
    // A program that knows of no unique values.
    es::StoreOptions options{};
    options.keys = house.keys;
    auto store = must(es::Store::open(house.folder.file("store"), {{es::aggregate<FreeMember>("1")}}, options));
    house.import(store, changed("ada", 2, "new@x") + joined("bob", "ada@x"));
    REQUIRE(store.close());
  }
  auto store = house.open();
  CHECK(make_claims(store, true).findings.front() == R"({"finding":"stale","stream":"member-ada","field":"email"})");
  CHECK(make_claims(store).summary ==
        R"({"streams":2,"claims":3,"made":2,"released":1,"duplicates":0,"missing":0,"stale":0})");
  CHECK(owners(store) == Lines{"member-ada", "member-ada", "member-bob"});
}

TEST_CASE("claims of chosen owners to values that they have no more are released", "[unique][claims]") {
  const ClubHouse house;
  auto store = house.open();
  REQUIRE(store.execute<Member>("ada", Join{"ada@x", {}}));
  const auto ada = es::StreamId::trusted("member-ada");
  CHECK(must(app::release_claims(store, {})) == 0);
  CHECK(must(app::release_claims(store, {&ada, 1})) == 0);
  CHECK(owners(store) == Lines{"member-ada"});
}

TEST_CASE("a model with unique values knows the category of claims, and no aggregate may take it", "[unique][model]") {
  const ClubHouse house;
  CHECK(must(es::find_aggregate(house.model, "claim")) == &es::claim_records());
  CHECK_FALSE(es::find_aggregate({{es::aggregate<FreeMember>()}}, "claim"));

  auto taken = es::aggregate<FreeMember>();
  taken.category = "claim";
  CHECK(es::check_model({{taken}}));
  const auto refused = es::check_model({{es::aggregate<Member>(), taken}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == es::Errc::invalid_argument);
  CHECK(es::check_model({{es::aggregate<Member>(), es::aggregate<es::ClaimRecord>()}}));
}

TEST_CASE("a store whose claims were made under keys that are lost does not open", "[unique][keys]") {
  const ClubHouse house;
  const auto open = [&] { return es::Store::open(house.folder.file("own"), house.model); };
  {
    auto store = must(open());
    REQUIRE(store.execute<Member>("ada", Join{"ada@x", {}}));
    REQUIRE(store.close());
  }
  {
    auto store = must(open());
    CHECK_FALSE(store.execute<Member>("bob", Join{"ada@x", {}}));
    REQUIRE(store.close());
  }
  std::filesystem::remove_all(house.folder.file("own") + "/keys");
  const auto lost = open();
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == es::Errc::missing_key);
}

}  // namespace claims_test
