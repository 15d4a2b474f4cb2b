#include <eventstore/app/append.hpp>

#include "line_branch.hpp"

namespace append_test {

using namespace bank;

namespace {

es::Result<app::Appended> append(const Branch& branch, const std::string& text, const app::Append& parameters) {
  auto source = branch.source(text);
  EVENTSTORE_TRY_ASSIGN(auto plan, app::plan_append(branch.model, parameters, source, noon));
  auto store = branch.open();
  return app::append(store.log(), branch.model, std::move(plan));
}

const std::string deposit = R"({"event_type":"MoneyDeposited","event_data":{"cents":5}})"
                            "\n";

}  // namespace

TEST_CASE("lines are appended to a stream as one commit, with what they leave out", "[append]") {
  const Branch branch;
  const auto appended = must(append(branch, opened("ada") + deposit, {.stream = "account-ada", .expect = "none"}));
  CHECK(es::to_json(appended) ==
        R"({"stream":"account-ada","events":2,"version":2,"position":2,"already_there":false})");
  const auto page = must(branch.open().log().read_stream(must(es::StreamId::parse("account-ada"))));
  REQUIRE(page.events.size() == 2);
  CHECK(page.events.back().created_at == noon);
  CHECK(page.events.back().organization == "default");
}

TEST_CASE("an expectation that does not hold is a conflict, and nothing is appended", "[append]") {
  const Branch branch;
  must(append(branch, opened("ada"), {.stream = "account-ada"}));
  for (const auto* const expect : {"none", "7"}) {
    const auto refused = append(branch, deposit, {.stream = "account-ada", .expect = expect});
    REQUIRE(!refused);
    CHECK(refused.error().code == Errc::wrong_version);
  }
  CHECK(must(branch.open().log().head()) == es::Position{1});
}

TEST_CASE("what cannot be appended is refused before a store is opened or made", "[append]") {
  const Branch branch;
  const auto refuse = [&](const std::string& text, const app::Append& parameters, const std::string& named) {
    const auto refused = append(branch, text, parameters);
    REQUIRE(!refused);
    CHECK(refused.error().code == Errc::invalid_argument);
    CHECK_THAT(refused.error().message(), Catch::Contains(named));
  };
  refuse("", {.stream = "account-ada"}, "no event lines");
  refuse(deposit, {.stream = "nothing"}, "nothing");
  refuse(deposit, {.stream = "account-ada", .expect = "some"}, "some");
  refuse(opened("bea"), {.stream = "account-ada"}, "line 1");
  refuse(opened("ada") + line("ada", 7), {.stream = "account-ada"}, "claims version 7");
  CHECK(!std::filesystem::exists(branch.folder.file("store")));
}

}  // namespace append_test
