#include <eventstore/testing/projected.hpp>

#include "projection/bank_worker.hpp"

namespace projected_test {

using namespace bank;
using es::testing::projected;

namespace {

struct Note {
  EVENTSTORE_EVENT(Note, "Note", (string, text));
};
// A category without state.
struct Notes {
  static constexpr auto category = "note";
  using events = es::Events<Note>;
};

struct Newest {
  static constexpr auto name = "newest";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, user), (string, organization), (es::Timestamp, opened_at),
                      (es::Timestamp, at));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.metadata.user_id, c.metadata.organization, c.opened_at, c.metadata.created_at});
  }
};

}  // namespace

TEST_CASE("a projection is tried out with the states before and after each event", "[projection][projected]") {
  const auto balances = projected<Balances>("ada", Opened{.owner = "ada"}, Deposited{500}, Withdrawn{30});
  const auto ada = balances.document("ada");
  REQUIRE(ada);
  CHECK(ada->cents == 470);
  CHECK(ada->cents_before == 500);
  CHECK(ada->version == 3);
  CHECK(ada->position == 3);
  CHECK_FALSE(balances.document("bea"));
}

TEST_CASE("a projection is tried out with several streams, each with its own state", "[projection][projected]") {
  auto balances = projected<Balances>("ada", Opened{.owner = "ada"}, Deposited{5});
  balances.and_then("bea", Opened{.owner = "bea"}, Deposited{7}).and_then("ada", Deposited{1});
  const auto all = balances.documents();
  REQUIRE(all.size() == 2);
  CHECK(all.at("ada").cents == 6);
  CHECK(all.at("ada").version == 3);
  CHECK(all.at("bea").cents == 7);
}

TEST_CASE("a projection is tried out with increments, patches and removals", "[projection][projected]") {
  auto totals = projected<Totals>("ada", Deposited{15}, Withdrawn{5}, Deposited{7});
  CHECK(totals.document("5") == Totals::Document{2, 0.01 * 15 - 0.01 * 5, "ada"});
  CHECK(totals.documents().size() == 2);
  CHECK_FALSE(totals.removed("3"));  // it never was there
  totals.and_then("bea", Deposited{3});
  CHECK(totals.document("3"));
  totals.and_then("bea", Withdrawn{13});
  CHECK_FALSE(totals.document("3"));
  CHECK(totals.removed("3"));
  CHECK(totals.and_then("bea", Deposited{3}).document("3")->count == 1);
  CHECK_FALSE(totals.removed("3"));
}

TEST_CASE("a projection is tried out with the time and the metadata that are said first", "[projection][projected]") {
  es::Metadata caller{};
  caller.user_id = "u-1";
  caller.organization = "org-1";
  auto newest = projected<Newest>();
  newest.by(caller).at(noon).and_then("ada", Opened{.owner = "ada"});
  caller.user_id = "u-2";
  newest.by(caller).at(noon.plus_seconds(60)).and_then("ada", Deposited{1});
  CHECK(newest.document("ada") == Newest::Document{"u-2", "org-1", noon, noon.plus_seconds(60)});
}

TEST_CASE("a projection of everything is tried out with events of named aggregates", "[projection][projected]") {
  auto lines = projected<Lines>();
  lines.and_then<Account>("ada", Opened{.owner = "ada"}, Deposited{500}).and_then<Notes>("1", Note{"hello"});
  std::vector<string> found;
  for (const auto& [key, line] : lines.documents()) found.push_back(line.type + " " + line.data.text);
  std::sort(found.begin(), found.end());
  CHECK(found == std::vector<string>{R"(AccountOpened {"owner":"ada","limit":500})", R"(MoneyDeposited {"cents":500})",
                                     R"(Note {"text":"hello"})"});
}

TEST_CASE("a projection that is tried out stops where a handler throws, as in a run", "[projection][projected]") {
  Totals::unlucky = 13;
  const auto totals = projected<Totals>("ada", Deposited{1}, Deposited{13}, Deposited{2});
  Totals::unlucky = -1;
  REQUIRE(totals.failure());
  CHECK(totals.failure()->code == es::Errc::user_exception);
  CHECK(totals.document("1"));
  CHECK_FALSE(totals.document("2"));
}

}  // namespace projected_test
