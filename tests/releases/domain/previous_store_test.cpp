// A store that an earlier release wrote: each aggregate has fields added, removed, renamed and widened since, and an
// event that became two. The program of today replays, projects and answers from it.
#include <eventstore/aggregate/repository.hpp>

#include "releases/domain/current.hpp"
#include "releases/domain/previous_store.hpp"

using namespace domain;

namespace {

struct PreviousStore : Office {
  PreviousStore() {
    write_previous(*this);
    run();
  }
  template <class A> string state(const string& key) {
    const es::Repository<A> repository{log, clock};
    const auto loaded = repository.load(key);
    if (!loaded) FAIL(loaded.error().message());
    return canonical(es::to_json(loaded->state));
  }
  double total(const string& metric) {
    const auto stats = good(functions().get_daily_stats({.metric_type = metric}));
    REQUIRE(stats.size() == 1);
    return stats.front().total;
  }
};

}  // namespace

TEST_CASE("a store of the previous release replays to the states that its facts come to", "[previous]") {
  PreviousStore store;
  CHECK(store.state<current::Campaign>("c1") == canonical(R"({"campaign_id":"c1","name":"Spring","channel":"whatsapp",
    "content":"Hello again","status":"executing","contacts":{"ann":null,"cay":null},"contacts_count":7,"counts":{},
    "executed_at":"2026-01-27T10:30:03.000000Z"})"));
  CHECK(store.state<current::Conversation>("v1") ==
        canonical(R"({"contact_id":"ann","channel":"whatsapp","agent_id":"agent-2","status":"closed",
    "messages":{"m-1":"delivered","m-2":"sent"},"counts":{"delivered":1,"sent":1},"message_campaigns":{},
    "opened_at":"2026-01-27T10:30:04.000000Z","closed_at":"2026-01-27T10:30:07.000000Z","resolution_time_seconds":90})"));
  CHECK(store.state<current::Delivery>("d1") ==
        canonical(
            R"({"customer_id":"customer-1","address":"Hafenstraße 1","coordinates":{"longitude":6.9,"latitude":50.9},
    "scheduled_time":"2026-01-28T09:00:00.000000Z","estimated_duration":45,"status":"scheduled","priority":"normal",
    "package_details":{"weight":2.5,"fragile":false,"signature_required":true},
    "tracking_events":[{"status":"assigned","timestamp":"2026-01-27T10:30:10.000000Z"},
      {"status":"in_transit","timestamp":"2026-01-27T10:30:10.000000Z","location":{"longitude":7,"latitude":51}},
      {"status":"failed","timestamp":"2026-01-27T10:30:11.000000Z","notes":"nobody there"},
      {"status":"scheduled","timestamp":"2026-01-27T10:30:12.000000Z"}],
    "retry_count":1,"max_retries":3})"));
}

TEST_CASE("a store of the previous release is projected whole", "[previous]") {
  PreviousStore store;
  CHECK(store.rows("SELECT aggregate_id, version, status, content, contacts_count FROM campaigns") ==
        Rows{"c1 | 4 | executing | Hello again | 7"});
  CHECK(store.rows("SELECT aggregate_id, version, status, agent_id, resolution_time_seconds FROM conversations") ==
        Rows{"v1 | 4 | closed | agent-2 | 90"});
  CHECK(store.rows("SELECT aggregate_id, version, status, estimated_duration, retry_count FROM deliveries") ==
        Rows{"d1 | 5 | scheduled | 45 | 1"});
  CHECK(store.rows("SELECT message_id, sender_id, message_content, message_type, status, position FROM message_logs "
                   "ORDER BY message_id") ==
        Rows{"m-1 | ann | Is anybody there? | text | delivered | 5", "m-2 | agent-2 | Look | image | sent | 7"});
  CHECK(
      store.rows("SELECT resource_type, action, changes FROM audit_logs WHERE position IN (1, 3, 6)") ==
      Rows{
          R"(campaign | create | {"before":{},"after":{"campaign_id":"c1","name":"Spring","channel":"whatsapp","content":"Hello","status":"draft","contacts_count":0}})",
          R"(campaign | update | {"before":{"contacts":{},"contacts_count":0},"after":{"contacts":{"ann":null,"cay":null},"contacts_count":2}})",
          R"(conversation | update | {"before":{"agent_id":"agent-1"},"after":{"agent_id":"agent-2"}})"});
  // What is shown as a fact is shown as it was stored.
  CHECK(store.rows("SELECT event_type, event_data FROM events WHERE position IN (2, 4, 11)") ==
        Rows{R"(CampaignContentChanged | {"content":"Hello again"})",
             R"(CampaignExecuted | {"campaign_id":"c1","contacts_count":7})",
             R"(DeliveryDispatched | {"agent_id":"agent-3","longitude":7.0,"latitude":51.0})"});
}

TEST_CASE("the query functions answer from a store of the previous release", "[previous]") {
  PreviousStore store;
  const auto functions = store.functions();
  const auto history = good(functions.get_conversation_history({.conversation_id = "v1"})).documents;
  CHECK(fields(history, "message_id") == Rows{"m-1", "m-2"});
  CHECK(fields(history, "message_type") == Rows{"text", "image"});
  CHECK(fields(good(functions.search_messages({.query = "anybody"})).documents, "message_id") == Rows{"m-1"});
  CHECK(store.total("campaigns_executed") == 1);
  CHECK(store.total("campaign_contacts") == 7);
  CHECK(store.total("messages_received") == 1);
  CHECK(store.total("messages_sent") == 1);
  CHECK(store.total("conversation_resolution_seconds") == 90);
  CHECK(store.total("deliveries_failed") == 1);
  CHECK(good(functions.get_resource_history({.resource_id = "d1"})).documents.size() == 5);
  CHECK(good(functions.get_user_activity({.user_id = "u-1"})).documents.size() == 13);
  CHECK(fields(good(functions.get_aggregate_events({.aggregate_id = "v1", .aggregate_type = "conversation"})).documents,
               "event_type") ==
        Rows{"ConversationStarted", "ConversationAssigned", "MessageSent", "ConversationClosed"});
  CHECK(good(functions.get_events_by_type({.event_type = "CampaignContactsChanged"})).documents.size() == 1);
}

TEST_CASE("a rebuild from a store of the previous release gives what the live run gave", "[previous]") {
  PreviousStore store;
  const auto live = store.dump(*store.collections);
  es::ProjectionWorker worker{store.log, store.aggregates, *store.collections};
  for (const auto& projection : store.projections) {
    const auto rebuilt = worker.rebuild(projection);
    if (!rebuilt) FAIL(rebuilt.error().message());
  }
  CHECK(live.size() > 30);
  CHECK(store.dump(*store.collections) == live);
}
