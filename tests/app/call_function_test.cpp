#include <eventstore/app/call_function.hpp>

#include "line_branch.hpp"

namespace call_function_test {

using namespace bank;

namespace {

struct Greet {
  EVENTSTORE_FIELDS(Greet, (string, name), (int64_t, times, 1));
};
struct Greeting {
  EVENTSTORE_FIELDS(Greeting, (string, text), (es::Timestamp, at));
};

es::Result<std::vector<Greeting>> greet(const es::AskContext& context, const Greet& parameters) {
  if (parameters.times < 0) return es::failure(Errc::invalid_argument, "greet", "times", "below 0");
  const Greeting one{parameters.name + " of " + context.organization, context.clock.now()};
  return std::vector<Greeting>(static_cast<std::size_t>(parameters.times), one);
}

es::Result<es::Answer> deposit(const es::RecordContext& context, const Greet& parameters) {
  return es::answer_of(Greeting{parameters.name + " by " + context.metadata.user_id, context.clock.now()});
}

const es::Model model{.functions = {es::asks("greet", &greet), es::records("deposit", &deposit)}};

es::Result<es::Answer> call(es::Store& store, const std::string& name, bool recording, const Greet& arguments,
                            app::CallFunction parameters = {}) {
  parameters.caller.organization_id = "org-1";
  parameters.caller.user_id = "u-9";
  EVENTSTORE_TRY_ASSIGN(const auto* const function, app::find_function(model, name, recording));
  return app::call_function(store, *function, parameters, es::encode(arguments));
}

}  // namespace

TEST_CASE("a function is called by its name, for an organization, at the time that counts as now", "[function]") {
  const Branch branch;
  auto store = branch.open();
  CHECK(must(call(store, "greet", false, {"ada", 2})).documents ==
        std::vector<std::string>(2, R"({"text":"ada of org-1","at":"2026-01-27T12:00:00.000000Z"})"));
  const auto later = must(call(store, "greet", false, {"ada"}, {.now = noon.plus_seconds(60)}));
  CHECK(later.documents.front() == R"({"text":"ada of org-1","at":"2026-01-27T12:01:00.000000Z"})");
  CHECK(must(call(store, "deposit", true, {"ada"})).documents.front() ==
        R"({"text":"ada by u-9","at":"2026-01-27T12:00:00.000000Z"})");
}

TEST_CASE("a function that is not there is answered with those that are, or with its own command", "[function]") {
  CHECK(app::find_function(model, "wave", false).error().code == Errc::not_found);
  CHECK(app::find_function(model, "wave", false).error().detail == "no such function; the functions are greet");
  CHECK(app::find_function(model, "greet", true).error().detail == "it reads: `query greet`");
  CHECK(app::find_function(model, "deposit", false).error().detail == "it appends: `record deposit`");
}

TEST_CASE("the error of a function is the call's", "[function]") {
  const Branch branch;
  auto store = branch.open();
  CHECK(call(store, "greet", false, {"ada", -1}).error().code == Errc::invalid_argument);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

es::Result<es::Answer> count_letters(const es::FunctionContext& context, const Greet& parameters) {
  return es::answer_of(Greeting{std::to_string(parameters.name.size()), context.clock.now()});
}

TEST_CASE("a function in the earlier form asks or records, as its flag says", "[function]") {
  const es::Model earlier{
      .functions = {es::function("count", false, &count_letters), es::function("deposit", true, &deposit)}};
  const Branch branch;
  auto store = branch.open();
  for (const auto* const name : {"count", "deposit"}) {
    const bool recording = std::string{name} == "deposit";
    const auto* const function = must(app::find_function(earlier, name, recording));
    app::CallFunction parameters{};
    parameters.caller.organization_id = "org-1";
    const auto answer = must(app::call_function(store, *function, parameters, es::encode(Greet{"ada"})));
    CHECK(answer.documents.front() == (recording ? R"({"text":"ada by ","at":"2026-01-27T12:00:00.000000Z"})"
                                                 : R"({"text":"3","at":"2026-01-27T12:00:00.000000Z"})"));
  }
}

#pragma GCC diagnostic pop

}  // namespace call_function_test
