#include "support.hpp"

#include <aggregates/assistant_run/assistant_run.hpp>
#include <catch2/catch.hpp>

namespace assistant_run_test {

using namespace domain;
using namespace domain::testing;
using eventstore::Json;
using eventstore::testing::given;

namespace {

const AssistantRunStarted started{"u-1", "s-1", "When am I free?"};
const AssistantIntentDetected asked{"ask"};
const AssistantStepTaken looked{Json{R"("looked at the calendar")"}};
const AssistantRunCompleted completed{"On Friday."};
const AssistantRunFailed failed{"the calendar did not answer"};

const auto when_started = given<AssistantRun>(started);
const auto when_completed = given<AssistantRun>(started, asked, completed);
const auto when_failed = given<AssistantRun>(started, failed);

RecordAssistantRun whole() {
  RecordAssistantRun command{};
  command.user_id = "u-1";
  command.session_id = "s-1";
  command.intent = "ask";
  command.input_text = "When am I free?";
  command.steps = {looked.step, Json{R"({"name":"list_events","input":{"days":7},"output":[],"duration_ms":12.5})"}};
  command.final_output = "On Friday.";
  return command;
}

template <class Change> auto recorded(Change change) {
  auto command = whole();
  change(command);
  return given<AssistantRun>().when(command);
}

}  // namespace

TEST_CASE("a run starts once with a user and what the user said", "[assistant_run]") {
  CHECK(given<AssistantRun>().when(StartAssistantRun{"u-1", "s-1", "When am I free?"}).is(started));
  CHECK(when_started.when(StartAssistantRun{"u-1", {}, "Again"}).is_refused_with("already_exists"));
  CHECK(given<AssistantRun>().when(StartAssistantRun{"", {}, "x"}).is_refused("user_id may not be empty"));
  CHECK(given<AssistantRun>().when(StartAssistantRun{"u-1", {}, ""}).is_refused("input_text may not be empty"));
}

TEST_CASE("a run goes from its start over intent and steps to one end", "[assistant_run]") {
  CHECK(when_started.when(DetectAssistantIntent{"ask"}).is(asked));
  CHECK(when_started.when(DetectAssistantIntent{""}).is_refused_with("empty_text"));
  CHECK(when_started.when(TakeAssistantStep{looked.step}).is(looked));
  CHECK(when_started.when(CompleteAssistantRun{"On Friday."}).is(completed));
  CHECK(when_started.when(CompleteAssistantRun{"On Friday."}).state().status == AssistantRunStatus::completed);
  CHECK(when_started.when(FailAssistantRun{failed.error}).is(failed));
  CHECK(when_started.when(FailAssistantRun{failed.error}).state().status == AssistantRunStatus::failed);
  CHECK(when_started.when(FailAssistantRun{""}).is_refused_with("empty_text"));
}

TEST_CASE("the ends of a run are final", "[assistant_run]") {
  CHECK(when_completed.when(CompleteAssistantRun{"On Friday."}).is_nothing());
  CHECK(when_completed.when(CompleteAssistantRun{"On Monday."}).is_refused("a completed run cannot be completed"));
  CHECK(when_completed.when(FailAssistantRun{"x"}).is_refused("a completed run cannot fail"));
  CHECK(when_completed.when(TakeAssistantStep{looked.step}).is_refused("a completed run takes no further step"));
  CHECK(when_completed.when(DetectAssistantIntent{"cancel"}).is_refused("a completed run has no new intent"));
  CHECK(when_completed.when(DetectAssistantIntent{"ask"}).is_nothing());
  CHECK(when_failed.when(FailAssistantRun{failed.error}).is_nothing());
  CHECK(when_failed.when(FailAssistantRun{"other"}).is_refused_with("wrong_status"));
  CHECK(when_failed.when(CompleteAssistantRun{"x"}).is_refused("a failed run cannot be completed"));
}

TEST_CASE("each step of a run counts and the intent is the newest", "[assistant_run]") {
  const auto state = history<AssistantRun>(started, asked, looked, looked, AssistantIntentDetected{"cancel"});
  CHECK(state.steps.size() == 2);
  CHECK(state.intent == "cancel");
}

TEST_CASE("a step is a text or a record with a name", "[assistant_run]") {
  const auto is_fit = [](std::string step) {
    return !when_started.when(TakeAssistantStep{Json{std::move(step)}})
                .is_refused("a step is a text, or {name, input?, output?, duration_ms?}");
  };
  for (const auto* const step :
       {R"("a text")", R"({"name":"a"})", R"({"name":"a","input":{"x":[1]},"output":null,"duration_ms":0})",
        R"({"duration_ms":1.5,"name":"a"})"}) {
    CAPTURE(step);
    CHECK(is_fit(step));
  }
  for (const auto* const step :
       {"", "{", R"("")", "1", "null", "[]", "{}", R"({"input":"x"})", R"({"name":""})", R"({"name":1})",
        R"({"name":"a","duration_ms":-1})", R"({"name":"a","duration_ms":"1"})", R"({"name":"a","colour":"red"})"}) {
    CAPTURE(step);
    CHECK_FALSE(is_fit(step));
  }
}

TEST_CASE("a whole run is one decision", "[assistant_run]") {
  const auto command = whole();
  CHECK(given<AssistantRun>().when(command).is(started, asked, looked, AssistantStepTaken{command.steps.back()},
                                               completed));
  CHECK(recorded([](auto& c) {
          c.intent.reset();
          c.steps.clear();
          c.final_output.reset();
        }).is(started));
  CHECK(recorded([](auto& c) {
          c.steps.clear();
          c.final_output.reset();
          c.error = failed.error;
        }).is(started, asked, failed));
  CHECK(recorded([](auto& c) { c.error = "x"; }).is_refused_with("two_ends"));
  CHECK(recorded([](auto& c) { c.steps.back() = Json{"1"}; }).is_refused_with("bad_step"));
  CHECK(recorded([](auto& c) { c.intent = ""; }).is_refused("intent may not be empty"));
  CHECK(recorded([](auto& c) { c.user_id = ""; }).is_refused("user_id may not be empty"));
  CHECK(when_started.when(whole()).is_refused_with("already_exists"));
}

TEST_CASE("history of a run is taken in any order", "[assistant_run][history]") {
  const auto in_order = history<AssistantRun>(started, asked, looked, completed);
  CHECK(history<AssistantRun>(asked, looked, completed, started) == in_order);
  CHECK(history<AssistantRun>(started, completed, asked, looked) == in_order);
  CHECK(history<AssistantRun>(started, asked, started, looked, completed, completed) == in_order);
  CHECK(in_order.status == AssistantRunStatus::completed);
}

TEST_CASE("of two ends of a run the first counts", "[assistant_run][history]") {
  CHECK(history<AssistantRun>(started, failed, completed) == history<AssistantRun>(started, failed));
  CHECK(history<AssistantRun>(started, completed, failed) == history<AssistantRun>(started, completed));
}

TEST_CASE("a run whose later events came first starts by the same commands", "[assistant_run][history]") {
  CHECK(given<AssistantRun>(looked).when(StartAssistantRun{"u-1", "s-1", "When am I free?"}).is(started));
  CHECK(given<AssistantRun>(completed).when(StartAssistantRun{"u-1", "s-1", "When am I free?"}).is(started));
  CHECK(given<AssistantRun>(completed).when(whole()).is_refused("a completed run cannot be recorded anew"));
  CHECK(AssistantRun::subject(history<AssistantRun>(looked)).empty());
  CHECK(AssistantRun::subject(history<AssistantRun>(looked, started)) == "u-1");
}

}  // namespace assistant_run_test
