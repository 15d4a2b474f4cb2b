// What a function that records does when there is no memory: any one allocation of a call fails, or that one and all
// later ones.
#include <aggregates/aggregates.hpp>
#include <eventstore/app/function.hpp>
#include <eventstore/app/model.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <functions/functions.hpp>

#include <catch2/catch.hpp>

#include "failing_memory.hpp"
#include "functions/record_calls.hpp"

using namespace domain;
namespace es = eventstore;

namespace {

const es::Model model{all_aggregates(), {}, all_functions()};
const es::EventTypes event_types = es::event_types_of(model);
const auto call_id = es::Uuid::v5(es::eventstore_namespace, "call");

struct Desk {
  es::ManualClock clock{*es::Timestamp::parse("2026-01-27T10:30:00Z")};
  es::MemoryLog log{clock};
  es::SchemaReader schemas{log};

  Desk() {
    const auto sent = R"({"message_id":"late-1","sender_id":"a","receiver_id":"b","message_content":"Hi"})";
    REQUIRE(call("store_event", stored_call("MessageSent", sent, "conversation", "c-1"), {}));
    const auto campaign = R"({"campaign_id":"k-1","name":"Spring","content":"Hi"})";
    REQUIRE(call("store_event", stored_call("CampaignCreated", campaign, "campaign", "k-1"), {}));
    REQUIRE(call("store_event", stored_call("UserRegistered", R"({"email":"a@example.org"})", "user", "u-1"), {}));
    const auto contacts = R"({"contact_ids":["a","b"]})";
    REQUIRE(call("store_event", stored_call("CampaignContactsAdded", contacts, "campaign", "k-1"), {}));
  }
  es::Result<es::Answer> call(const string& name, const string& json, const es::Uuid& command_id) {
    for (const auto& function : model.functions) {
      if (es::name_of(function) != name) continue;
      const auto arguments = es::json_to_bytes(es::parameters_of(function).type, json);
      REQUIRE(arguments);
      return call(std::get<es::RecordFunction>(function), *arguments, command_id);
    }
    FAIL("no such function: " << name);
    return es::Answer{};
  }
  es::Result<es::Answer> call(const es::RecordFunction& function, es::BytesView arguments, const es::Uuid& command_id) {
    const es::RecordContext context{log, schemas, event_types, clock, nullptr, "org-1", {}, command_id, {}};
    return function.run(context, arguments);
  }
  [[nodiscard]] std::uint64_t head() const { return log.head()->value; }
};

}  // namespace

TEST_CASE("a call whose memory runs out has written nothing or says that it may have", "[memory][truth]") {
  const auto lasting = GENERATE(false, true);
  std::size_t failures = 0;
  std::size_t repeats = 0;
  for (const auto& function : model.functions) {
    const auto* const recording = std::get_if<es::RecordFunction>(&function);
    if (recording == nullptr) continue;
    for (const auto& json : record_calls().at(recording->name).good) {
      const auto arguments = es::json_to_bytes(recording->parameters->type, json);
      REQUIRE(arguments);
      Desk whole;
      const auto before = whole.head();
      REQUIRE(whole.call(*recording, *arguments, call_id));
      const auto after = whole.head();
      bool has_run_out = true;
      for (int nth = 0; has_run_out; ++nth) {
        CAPTURE(recording->name, json, lasting, nth);
        Desk desk;
        const auto answer =
            es::test::with_memory_for(nth, lasting, [&] { return desk.call(*recording, *arguments, call_id); });
        has_run_out = es::test::has_failed();
        if (!answer) {
          ++failures;
          const auto code = answer.error().code;
          REQUIRE((code == es::Errc::out_of_memory || code == es::Errc::outcome_unknown));
          if (code == es::Errc::out_of_memory) REQUIRE(desk.head() == before);
          if (code == es::Errc::outcome_unknown) REQUIRE(desk.head() == after);
        }
        // A repeat by the id has the answer, and nothing is there twice. A log that an append has left without memory
        // takes nothing more.
        const auto again = desk.call(*recording, *arguments, call_id);
        if (again) {
          ++repeats;
          REQUIRE(desk.head() == after);
        } else {
          REQUIRE(again.error().code == es::Errc::read_only);
          REQUIRE(!answer);
        }
      }
    }
  }
  CHECK(failures > 0);
  CHECK(repeats > 0);
}
