#include <eventstore/app/generate.hpp>

#include <catch2/catch.hpp>

#include "aggregate/account.hpp"

namespace generate_test {

namespace {

using namespace bank;
using es::Errc;
namespace app = es::app;

const std::vector<es::AggregateType> accounts{es::aggregate<Account>()};

std::vector<std::string> lines(const app::Generate& parameters) {
  std::vector<std::string> all;
  REQUIRE(app::generate(accounts, parameters, [&](std::string_view line) -> es::Result<void> {
    all.emplace_back(line);
    return {};
  }));
  return all;
}

// The text of a member of the line that has no quotes in it.
std::string text_at(std::string_view line, const std::string& name) {
  const auto begin = line.find('"' + name + "\":\"") + name.size() + 4;
  return std::string{line.substr(begin, line.find('"', begin) - begin)};
}

}  // namespace

TEST_CASE("as many events are made up as were asked for, the same for the same seed", "[generate]") {
  const auto some = lines({.events = 50, .seed = 7});
  REQUIRE(some.size() == 50);
  CHECK_THAT(some.front(), Catch::Contains("AccountOpened") && Catch::Contains(R"("version":1)"));
  CHECK(lines({.events = 50, .seed = 7}) == some);
  CHECK(lines({.events = 50, .seed = 8}) != some);
  CHECK(lines({.events = 0}).empty());
}

TEST_CASE("histories of the categories that are named are made up alone", "[generate]") {
  auto both = accounts;
  both.push_back(accounts.front());
  both.back().category = "parcel";
  std::vector<std::string> all;
  const auto keep = [&](std::string_view line) -> es::Result<void> {
    all.emplace_back(line);
    return {};
  };
  // One aggregate more, and the lines of the named one are as before.
  REQUIRE(app::generate(both, {.events = 50, .seed = 7, .category = {"account"}}, keep));
  CHECK(all == lines({.events = 50, .seed = 7}));
  const auto wrong = app::generate(both, {.category = {"account", "letter"}}, keep);
  CHECK(wrong.error().code == Errc::not_found);
  CHECK(wrong.error().where == "letter");
}

TEST_CASE("histories name streams of their organization that were begun before", "[generate]") {
  auto receipts = accounts.front();
  receipts.category = "receipt";
  receipts.make_up_key = [](es::Random& random) { return random.key_of("account"); };
  const std::vector<es::AggregateType> both{accounts.front(), receipts};
  std::map<std::string, std::string> organization_of;
  std::size_t named = 0;
  const auto look = [&](std::string_view text) -> es::Result<void> {
    const auto key = text_at(text, "aggregate_id");
    const auto organization = text_at(text, "organization_id");
    if (text_at(text, "aggregate_type") == "account") organization_of[key] = organization;
    if (text_at(text, "aggregate_type") != "receipt") return {};
    ++named;
    CHECK(organization_of[key] == organization);
    return {};
  };
  REQUIRE(app::generate(both, {.events = 2'000, .seed = 7}, look));
  CHECK(named > 20);

  // Without the streams that they name, none can begin.
  const auto none = app::generate(both, {.events = 5, .category = {"receipt"}}, look);
  CHECK(none.error().code == Errc::not_found);
  CHECK(none.error().where == "receipt");
  CHECK_THAT(none.error().message(), Catch::Contains("name those with --category, too"));
}

TEST_CASE("whoever waits for made-up events is told how far they are", "[generate]") {
  std::vector<app::Progress> told;
  const auto ignore = [](std::string_view) { return es::Result<void>{}; };
  REQUIRE(app::generate(accounts, {.events = 10}, ignore, [&](const app::Progress& now) { told.push_back(now); }));
  REQUIRE(!told.empty());
  CHECK(told.back().done == 10);
  CHECK(told.back().part == 1);
}

TEST_CASE("nothing is made up where no aggregate can, or where the lines are refused", "[generate]") {
  const auto ignore = [](std::string_view) { return es::Result<void>{}; };
  CHECK(app::generate({}, {}, ignore).error().code == Errc::not_found);
  int taken = 0;
  const auto full = [&](std::string_view) -> es::Result<void> {
    if (++taken == 3) return es::failure(Errc::out_of_space, "write", "lines.ndjson");
    return {};
  };
  CHECK(app::generate(accounts, {}, full).error().code == Errc::out_of_space);
  CHECK(taken == 3);
}

}  // namespace generate_test
