// Collections show what came early once the thing that it is about is there.
#include "projections/domain_log.hpp"

using namespace domain;

namespace {

struct Recorder {
  DomainLog& log;
  string stream;
  template <class... E> void operator()(const E&... events) const { (log.record(stream, events), ...); }
};

// Without times: what comes early counts in the hour in which it takes effect.
Rows contents(DomainLog& log) {
  auto rows = log.rows("SELECT metric_type, sum(value), sum(count), tags, metadata FROM analytics GROUP BY 1, 4, 5");
  for (const auto* const sql :
       {"SELECT conversation_id, message_id, sender_id, message_content, status FROM message_logs ORDER BY 1, 2",
        "SELECT aggregate_id, status, messages, counts, early_statuses FROM conversations ORDER BY 1",
        "SELECT aggregate_id, status, contacts, contacts_count, counts, early_counts FROM campaigns ORDER BY 1",
        "SELECT aggregate_id, status, agent_id, priority, customer_id, scheduled_time, early FROM deliveries ORDER BY "
        "1"})
    for (auto& row : log.rows(sql)) rows.push_back(std::move(row));
  return rows;
}

CampaignContactReached reached(string contact, ContactOutcome outcome) {
  return {.contact_id = std::move(contact), .outcome = outcome};
}

const CampaignCreated created{.campaign_id = "k-1", .name = "n", .channel = Channel::sms, .content = "c"};
const CampaignExecuted executed{.campaign_id = "k-1", .contacts_count = 2};
const MessageFailed failed{.message_id = "m-3"};

}  // namespace

TEST_CASE("receipts that came early are in the collections as if they had come late", "[projections][early]") {
  auto urgent = scheduled();
  urgent.priority = DeliveryPriority::urgent;
  DomainLog late;
  Recorder{late, "conversation-c-1"}(sent("m-1"), MessageDelivered{"m-1"}, MessageRead{"m-1"}, received("m-2"),
                                     MessageDelivered{"m-2"}, MessageRead{"m-2"}, sent("m-3"), failed);
  Recorder{late, "campaign-k-1"}(created, executed, reached("a", ContactOutcome::sent),
                                 reached("a", ContactOutcome::read), reached("b", ContactOutcome::sent));
  Recorder{late, "delivery-1"}(urgent, DeliveryAssigned{.agent_id = "a-1"}, DeliveryCompleted{});

  DomainLog early;
  Recorder{early, "conversation-c-1"}(MessageDelivered{"m-1"}, failed, MessageDelivered{"m-2"}, MessageRead{"m-1"},
                                      MessageRead{"m-2"}, sent("m-1"), received("m-2"), sent("m-3"));
  Recorder{early, "campaign-k-1"}(reached("a", ContactOutcome::sent), reached("b", ContactOutcome::sent), created,
                                  reached("a", ContactOutcome::read), executed);
  Recorder{early, "delivery-1"}(DeliveryAssigned{.agent_id = "a-1"}, DeliveryCompleted{}, urgent);

  CHECK(contents(early) == contents(late));
}

TEST_CASE("what waits is in the documents and is no change in the audit", "[projections][early]") {
  DomainLog log;
  Recorder{log, "conversation-c-1"}(MessageRead{"m-1"}, MessageRead{"m-1"});
  CHECK(log.rows("SELECT early_statuses FROM conversations") == Rows{R"([{"message_id":"m-1","status":"read"}])"});
  CHECK(log.rows("SELECT count(*) FROM message_logs") == Rows{"0"});
  CHECK(log.rows("SELECT count(*) FROM analytics") == Rows{"0"});
  const Rows nothing_waits{R"({"before":{},"after":{"channel":"whatsapp","status":"open"}})",
                           R"({"before":{},"after":{}})"};
  CHECK(log.rows("SELECT changes FROM audit_logs ORDER BY position") == nothing_waits);

  Recorder{log, "conversation-c-1"}(sent("m-1"));
  CHECK(log.rows("SELECT early_statuses FROM conversations") == Rows{"-"});
  CHECK(log.rows("SELECT status FROM message_logs") == Rows{"read"});
  CHECK(
      log.rows("SELECT changes FROM audit_logs ORDER BY position").back() ==
      R"({"before":{"messages":{"m-1":null},"counts":{"read":null}},"after":{"messages":{"m-1":"read"},"counts":{"read":1}}})");
}
