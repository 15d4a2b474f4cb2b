// The figures of the collections are those that SQL finds in the events themselves: made-up histories of all
// categories, with deliveries that change hands and are tried again, and feedback that comes later.
#include "scenario.hpp"

namespace figures_test {

using namespace eventstore::cli_test;

namespace {

// The deliveries as they stand: how, with whom, for whom, and what was said of them last.
const std::string deliveries =
    "WITH last AS (SELECT aggregate_id, organization_id, max(version) AS v FROM events WHERE "
    "event_type IN "
    "('DeliveryScheduled','DeliveryAssigned','DeliveryDeparted','DeliveryCompleted','DeliveryFailed','DeliveryRetried',"
    "'DeliveryCancelled') "
    "GROUP BY 1, 2), now AS (SELECT l.aggregate_id, l.organization_id, e.event_type AS status, "
    "(SELECT event_data ->> '$.agent_id' FROM events a WHERE a.aggregate_id = l.aggregate_id AND "
    "a.event_type = 'DeliveryAssigned' ORDER BY version DESC LIMIT 1) AS agent, (SELECT event_data "
    "->> '$.customer_id' FROM events a WHERE a.aggregate_id = l.aggregate_id AND a.event_type = "
    "'DeliveryScheduled') AS customer, (SELECT event_data ->> '$.rating' FROM events a WHERE "
    "a.aggregate_id = l.aggregate_id AND a.event_type = 'DeliveryFeedbackReceived' ORDER BY version "
    "DESC LIMIT 1) AS rating FROM last l JOIN events e ON e.aggregate_id = l.aggregate_id AND "
    "e.version = l.v AND e.aggregate_type = 'delivery')";

struct Figure {
  const char* sentence;
  std::string of_events;
  std::string of_collection;
};

const Figure figures[] = {
    {"agents have the deliveries that are theirs now, and the ratings of these",
     deliveries + "SELECT organization_id, agent, sum(status IN ('DeliveryAssigned','DeliveryDeparted')) AS active, "
                  "sum(status IN ('DeliveryCompleted','DeliveryFailed')) AS ended, sum(status = "
                  "'DeliveryCompleted'), coalesce(round(avg(rating), 6), 0.0) FROM now WHERE agent IS NOT NULL "
                  "GROUP BY 1, 2 HAVING active + ended > 0 ORDER BY 1, 2",
     "SELECT organization_id, aggregate_id, active_deliveries, performance_metrics ->> "
     "'$.total_deliveries' AS ended, performance_metrics ->> '$.successful_deliveries', "
     "round(performance_metrics ->> '$.average_rating', 6) FROM agents WHERE active_deliveries + "
     "(performance_metrics ->> '$.total_deliveries') > 0 ORDER BY 1, 2"},
    {"customers have their deliveries and ratings",
     deliveries + "SELECT organization_id, customer, sum(status IN ('DeliveryCompleted','DeliveryFailed')), "
                  "sum(status = 'DeliveryCompleted'), round(avg(rating), 6) FROM now GROUP BY 1,2 ORDER BY 1,2",
     "SELECT organization_id, aggregate_id, total_deliveries, successful_deliveries, "
     "round(customer_rating, 6) FROM customers WHERE aggregate_id IN (SELECT event_data ->> "
     "'$.customer_id' FROM events WHERE event_type = 'DeliveryScheduled') ORDER BY 1,2"},
    {"customers have the day of their last delivery",
     deliveries + "SELECT customer, max((SELECT max(created_at) FROM events c WHERE c.aggregate_id = "
                  "now.aggregate_id AND event_type = 'DeliveryCompleted')) FROM now WHERE status = "
                  "'DeliveryCompleted' GROUP BY 1 ORDER BY 1",
     "SELECT aggregate_id, last_delivery_date FROM customers WHERE last_delivery_date IS NOT NULL "
     "ORDER BY 1"},
    {"customers have their calls",
     "SELECT event_data ->> '$.customer_id', min(count(*),100) FROM events WHERE event_type = "
     "'CallQueued' AND event_data ->> '$.customer_id' IS NOT NULL GROUP BY 1 ORDER BY 1",
     "SELECT aggregate_id, json_array_length(call_history) FROM customers WHERE "
     "json_array_length(call_history)>0 ORDER BY 1"},
    {"metrics are what was recorded, and operations and notifications",
     "SELECT CASE event_type WHEN 'MetricRecorded' THEN event_data ->> '$.metric_type' WHEN "
     "'AppointmentNotificationSent' THEN 'whatsapp_notification' WHEN 'AppointmentNotificationFailed' "
     "THEN 'whatsapp_notification' ELSE 'appointment_operation' END, count(*), "
     "round(sum(coalesce(event_data ->> '$.value', event_data ->> '$.processing_time', event_data ->> "
     "'$.duration')),3) FROM events WHERE event_type = 'MetricRecorded' OR (aggregate_type = "
     "'appointment' AND event_type <> 'AppointmentObserved') GROUP BY 1 ORDER BY 1",
     "SELECT metricType, count(*), round(sum(value),3) FROM system_metrics GROUP BY 1 ORDER BY 1"},
    {"a notification's metric names its operation",
     "SELECT CASE o.event_type WHEN 'AppointmentCreated' THEN 'create' WHEN 'AppointmentShifted' THEN "
     "'shift' WHEN 'AppointmentUpdated' THEN 'update' ELSE 'cancel' END, count(*) FROM events n JOIN "
     "events o ON o.event_id = n.event_data ->> '$.operation_event_id' AND o.aggregate_type = "
     "'appointment' WHERE n.event_type LIKE 'AppointmentNotification%' GROUP BY 1 ORDER BY 1",
     "SELECT metadata ->> '$.operation', count(*) FROM system_metrics WHERE metricType = "
     "'whatsapp_notification' GROUP BY 1 ORDER BY 1"},
    {"operations are counted with their success and time",
     "SELECT CASE event_type WHEN 'AppointmentCreated' THEN 'create' WHEN 'AppointmentShifted' THEN "
     "'shift' WHEN 'AppointmentUpdated' THEN 'update' WHEN 'AppointmentCancelled' THEN 'cancel' ELSE "
     "event_data ->> '$.operation' END AS op, count(*), sum(event_type <> "
     "'AppointmentOperationFailed'), round(avg(event_data ->> '$.processing_time'), 6) FROM events "
     "WHERE aggregate_type = 'appointment' AND event_type NOT IN ('AppointmentObserved') AND "
     "event_type NOT LIKE 'AppointmentNotification%' GROUP BY 1 ORDER BY 1",
     "SELECT operation, count(*), sum(success), round(avg(processingTime), 6) FROM "
     "appointment_audit_log GROUP BY 1 ORDER BY 1"},
    {"notifications that were sent are counted by whom they told last of an operation",
     "SELECT event_data ->> '$.recipient', count(*) FROM events n WHERE event_type = 'AppointmentNotificationSent' AND "
     "version = (SELECT max(version) FROM events x WHERE x.aggregate_id = n.aggregate_id AND x.event_type = "
     "n.event_type "
     "AND x.event_data ->> '$.operation_event_id' = n.event_data ->> '$.operation_event_id') GROUP BY 1 ORDER BY 1",
     "SELECT changeMetadata ->> '$.whatsappRecipient', count(*) FROM appointment_audit_log WHERE "
     "changeMetadata ->> '$.whatsappNotificationSent' GROUP BY 1 ORDER BY 1"},
    {"calls are counted by how they stand",
     "WITH f AS (SELECT aggregate_id, max(version) v FROM events WHERE event_type IN "
     "('CallQueued','CallRinging','CallAnswered','CallCompleted','CallBusy','CallNotAnswered','CallCanceled','"
     "CallFailed') "
     "GROUP BY 1) SELECT CASE event_type WHEN 'CallQueued' THEN 'queued' WHEN 'CallRinging' THEN "
     "'ringing' WHEN 'CallAnswered' THEN 'in-progress' WHEN 'CallCompleted' THEN 'completed' WHEN "
     "'CallBusy' THEN 'busy' WHEN 'CallNotAnswered' THEN 'no-answer' WHEN 'CallCanceled' THEN "
     "'canceled' ELSE 'failed' END, count(*), sum(event_data ->> '$.duration') FROM f JOIN events e ON "
     "e.aggregate_id = f.aggregate_id AND e.version = f.v AND e.aggregate_type = 'call' GROUP BY 1 "
     "ORDER BY 1",
     "SELECT status, count(*), sum(duration) FROM call_logs GROUP BY 1 ORDER BY 1"},
    {"each call with a transcript has one",
     "SELECT count(DISTINCT aggregate_id) FROM events WHERE event_type = 'CallTranscribed'",
     "SELECT count(*) FROM transcripts"},
    {"calls have the sentiment of their last analysis",
     "SELECT event_data ->> '$.sentiment', count(*) FROM events e WHERE event_type = 'CallAnalyzed' "
     "AND version = (SELECT max(version) FROM events x WHERE x.aggregate_id = e.aggregate_id AND "
     "x.event_type = 'CallAnalyzed') AND event_data ->> '$.sentiment' IS NOT NULL GROUP BY 1 ORDER BY "
     "1",
     "SELECT ai_analysis ->> '$.sentiment', count(*) FROM call_logs WHERE ai_analysis ->> "
     "'$.sentiment' IS NOT NULL GROUP BY 1 ORDER BY 1"},
    {"recordings count their tries and accesses",
     "SELECT aggregate_id, sum(event_type = 'RecordingProcessingStarted'), sum(event_type = "
     "'RecordingAccessed') FROM events WHERE aggregate_type = 'recording' GROUP BY 1 ORDER BY 1",
     "SELECT aggregate_id, processing_attempts, access_count FROM recordings ORDER BY 1"},
    {"keys count their requests",
     "SELECT aggregate_id, sum(CASE event_type WHEN 'ApiKeyUsed' THEN event_data ->> '$.requests' ELSE "
     "0 END) FROM events WHERE aggregate_type = 'api_key' GROUP BY 1 ORDER BY 1",
     "SELECT aggregate_id, usage_count FROM api_keys ORDER BY 1"},
    {"runs have their steps",
     "SELECT aggregate_id, sum(event_type = 'AssistantStepTaken') FROM events WHERE aggregate_type = "
     "'assistant_run' GROUP BY 1 ORDER BY 1",
     "SELECT aggregate_id, json_array_length(steps) FROM agent_logs ORDER BY 1"},
    {"entries of calendars are there until they are deleted",
     "SELECT sum(event_type = 'CalendarEventCreated') - sum(event_type = 'CalendarEventDeleted') FROM "
     "events",
     "SELECT count(*) FROM calendar_events"},
    {"chatbots count their executions",
     "SELECT aggregate_id, sum(event_type = 'ChatbotExecuted') FROM events WHERE aggregate_type = "
     "'chatbot' GROUP BY 1 ORDER BY 1",
     "SELECT aggregate_id, executions FROM chatbots ORDER BY 1"},
};

}  // namespace

TEST_CASE("the figures of all collections are those that SQL finds in the events", "[figures]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result({"generate", "--events", "12000", "--seed", "7"}));
  (void)shell.result({"project", "run"});
  for (const auto& [sentence, of_events, of_collection] : figures) {
    CAPTURE(sentence);
    const auto found = sql(shell, of_collection);
    CHECK(!found.empty());
    CHECK(found == sql(shell, of_events));
  }
  CHECK(shell.run({"project", "rebuild", "--all", "--expect-same"}).exit_code == 0);
}

TEST_CASE("functions answer with the figures that SQL finds in the events", "[figures]") {
  const Scenario office{"2026-02-15T00:00:00Z"};
  (void)office.shell.result({"import", "-"}, office.shell.result({"generate", "--events", "12000", "--seed", "7"}));
  office.project();
  const auto sum = [](const std::vector<std::string>& numbers) {
    std::int64_t all = 0;
    for (const auto& each : numbers) all += each.empty() ? 0 : std::stoll(each);
    return std::to_string(all);
  };
  const auto outcomes = office.query({"get_call_outcome_stats", "2026-01-01", "2026-02-14"});
  const std::string calls = "SELECT count(DISTINCT aggregate_id) FROM events WHERE organization_id = 'org-1' AND ";
  CHECK(sum(values(outcomes, "total")) == sql(office.shell, calls + "aggregate_type = 'call'").front());
  CHECK(sum(values(outcomes, "completed")) == sql(office.shell, calls + "event_type = 'CallCompleted'").front());
  const auto rates = office.query({"get_agent_success_rates", "2026-01-01", "2026-12-31"});
  CHECK(sum(values(rates, "total")) ==
        sql(office.shell, deliveries + "SELECT count(*) FROM now WHERE organization_id = 'org-1' AND agent IS NOT NULL "
                                       "AND status IN ('DeliveryCompleted', 'DeliveryFailed')")
            .front());
  CHECK(sum(values(office.query({"get_operation_success_rate"}), "total")) ==
        sql(office.shell,
            "SELECT count(*) FROM events WHERE organization_id = 'org-1' AND aggregate_type = "
            "'appointment' AND event_type <> 'AppointmentObserved' AND event_type NOT LIKE "
            "'AppointmentNotification%'")
            .front());
}

}  // namespace figures_test
