// The same store, printed by a program that was built without any of its types.
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/os/file_system.hpp>
#include <eventstore/schema/event_line.hpp>

#include "cli/shell.hpp"
#include "releases/domain/previous_store.hpp"

using namespace domain;

namespace {

// What `log` has, as a store on disk.
void copy_to(const string& directory, const DomainLog& log) {
  es::PosixFileSystem files;
  const auto to = es::FileLog::open(files, log.clock, directory, {});
  if (!to) FAIL(to.error().message());
  const auto schemas = log.log.schemas();
  const auto page = log.log.read_all();
  REQUIRE(schemas);
  REQUIRE(page);
  for (const auto& event : page->events) {
    const es::NewEvent copied{es::StreamId::trusted(event.stream),
                              event.id,
                              event.type,
                              event.organization,
                              event.created_at,
                              event.schema,
                              event.codec,
                              event.encryption_key,
                              event.metadata,
                              event.data};
    const auto receipt = (*to)->append({.events = {&copied, 1}, .schemas = *schemas});
    if (!receipt) FAIL(receipt.error().message());
  }
  REQUIRE((*to)->close());
}

}  // namespace

TEST_CASE("a program without any of the domain's types prints a store of the previous release whole", "[previous]") {
  using namespace eventstore::cli_test;
  DomainLog log;
  write_previous(log);
  const Shell shell;
  copy_to(shell.store(), log);
  const auto foreign = [&](const Words& words) {
    Words all{"--store", shell.store()};
    all.insert(all.end(), words.begin(), words.end());
    const auto outcome = run(EVENTSTORE_ACCOUNT_EXAMPLE, all);
    CHECK(outcome.exit_code == 0);
    return outcome.out;
  };
  const auto printed = lines_of(foreign({"all"}));
  REQUIRE(printed.size() == 13);
  const std::vector<std::pair<string, string>> expected{
      {"CampaignCreated", R"({"name":"Spring","content":"Hello","budget":99.5,"campaign_id":"c1"})"},
      {"CampaignContentChanged", R"({"content":"Hello again"})"},
      {"CampaignContactsChanged", R"({"added":["ann","ben","cay"],"removed":["ben"]})"},
      {"CampaignExecuted", R"({"campaign_id":"c1","contacts_count":7})"},
      {"ConversationStarted",
       R"({"contact_id":"ann","agent_id":"agent-1","message_id":"m-1","message":"Is anybody there?"})"},
      {"ConversationAssigned", R"({"agent_id":"agent-2"})"},
      {"MessageSent",
       R"({"receiver_id":"ann","sender_id":"agent-2","message_id":"m-2","message_type":"image","message_content":"Look","labels":["a","b"]})"},
      {"ConversationClosed", R"({"resolution_time_seconds":90})"},
      {"DeliveryScheduled",
       R"({"package_details":{"signature_required":true,"weight":2.5,"height":1},"latitude":50.9,"longitude":6.9,"scheduled_time":"2026-01-28T09:00:00.000000Z","address":"Hafenstraße 1","customer_id":"customer-1","estimated_duration":45})"},
      {"DeliveryRescheduled", R"({"scheduled_time":"2026-01-28T10:00:00.000000Z"})"},
      {"DeliveryDispatched", R"({"agent_id":"agent-3","longitude":7.0,"latitude":51.0})"},
      {"DeliveryFailed", R"({"reason":"nobody there"})"},
      {"DeliveryRetried", R"({"retry_count":1,"scheduled_time":"2026-01-28T09:00:00.000000Z"})"}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK_THAT(printed[i], Catch::Contains("\"event_type\":\"" + expected[i].first + "\""));
    CHECK_THAT(printed[i], Catch::Contains("\"event_data\":" + expected[i].second));
  }
  CHECK(foreign({"export"}) == foreign({"all"}));
  CHECK(lines_of(foreign({"read", "delivery-d1"})).size() == 5);
  CHECK_THAT(foreign({"schema", "show", "ConversationStarted"}), Catch::Contains(R"("message":"text")"));
}

TEST_CASE("the domain's program says which types of another release it cannot read, and reads the rest", "[previous]") {
  using namespace eventstore::cli_test;
  DomainLog log;
  write_previous(log);
  const Shell shell;
  copy_to(shell.store(), log);
  // It has none of the upcasters of tests/releases: three event types are strange to it.
  CHECK_THAT(shell.result({"state", "campaign-c1"}), Catch::Contains(R"("passed_over":{"events":)") &&
                                                         Catch::Contains(R"("event_type":"CampaignContactsChanged")"));
  require_complaint(shell.run({"execute", "delivery-d1", "assign", R"({"agent_id":"a"})", "--org", "org-1"}), 2,
                    {"unknown_event_type", "does not know DeliveryDispatched"});
  (void)shell.result({"project", "run"});
  CHECK_THAT(shell.result({"project", "status"}), Catch::Contains("CampaignContactsChanged"));
  CHECK(count_lines(shell.result({"all"})) == 13);
  const auto checked = shell.run({"schema", "check"});
  CHECK(checked.exit_code == 1);
  CHECK_THAT(checked.out, Catch::Contains("DeliveryDispatched") && Catch::Contains("no struct has its name"));
}
