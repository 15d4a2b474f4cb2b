#include <eventstore/app/execute.hpp>

#include "line_branch.hpp"

namespace execute_test {

using namespace bank;

namespace {

es::Result<std::vector<std::string>> execute(const Branch& branch, const app::Execute& parameters) {
  auto store = branch.open();
  EVENTSTORE_TRY_ASSIGN(const auto executed, app::execute(store, parameters));
  std::vector<std::string> types;
  for (const auto& line : executed.lines) {
    es::JsonDocument document;
    const auto root = must(document.parse(line));
    types.push_back(std::string{root.find("event_type")->text()} + " of " +
                    std::string{root.find("organization_id")->text()});
  }
  return types;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a command gives the events that it led to, in the caller's organization", "[execute]") {
  const Branch branch;
  const app::Execute open{
      .stream = "account-ada", .command = "open", .json = R"({"owner":"ada"})", .caller = {.organization_id = "org-1"}};
  CHECK(must(execute(branch, open)) == Texts{"AccountOpened of org-1"});
  app::Execute deposit{.stream = "account-ada", .command = "deposit", .json = R"({"cents":7})"};
  deposit.caller.organization_id = "org-1";
  CHECK(must(execute(branch, deposit)) == Texts{"MoneyDeposited of org-1"});
  deposit.command = "shake";
  deposit.json = "{}";
  CHECK(must(execute(branch, deposit)).size() == 2);
}

TEST_CASE("a command that is repeated by its id gives the events of the first time", "[execute]") {
  const Branch branch;
  app::Execute open{.stream = "account-ada", .command = "open", .json = R"({"owner":"ada"})"};
  open.command_id = must(es::Uuid::parse("019c5f3e-0000-7000-8000-000000000001"));
  CHECK(must(execute(branch, open)).size() == 1);
  CHECK(must(execute(branch, open)).size() == 1);
  CHECK(must(branch.open().log().head()) == es::Position{1});
}

TEST_CASE("a refusal of the domain is its own error", "[execute]") {
  const Branch branch;
  const auto refused = execute(branch, {.stream = "account-ada", .command = "open", .json = R"({"owner":""})"});
  REQUIRE(!refused);
  CHECK(refused.error().code == Errc::refused);
}

TEST_CASE("what no command can be is known before a store is opened", "[execute]") {
  const Branch branch;
  const auto code_of = [&](const app::Execute& parameters) {
    const auto checked = app::check(branch.model, parameters);
    REQUIRE(!checked);
    return checked.error().code;
  };
  CHECK(code_of({.stream = "nothing", .command = "open"}) == Errc::invalid_argument);
  CHECK(code_of({.stream = "bank-1", .command = "open"}) == Errc::not_found);
  CHECK(code_of({.stream = "account-ada", .command = "rob"}) == Errc::not_found);
  CHECK(code_of({.stream = "account-ada", .command = "open", .json = "{"}) == Errc::invalid_argument);
  CHECK(code_of({.stream = "account-ada", .command = "open", .json = R"({"cents":1})"}) == Errc::invalid_argument);
  CHECK(app::check(branch.model, {.stream = "account-ada", .command = "open", .json = R"({"owner":"ada"})"}));
}

}  // namespace execute_test
