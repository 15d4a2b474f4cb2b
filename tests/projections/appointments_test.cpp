// appointment_audit_log and system_metrics.
#include <aggregates/appointment/appointment.hpp>
#include <aggregates/metric/metric.hpp>

#include "projections/domain_log.hpp"

using namespace domain;

namespace appointments_test {

namespace {

AppointmentCreated created() {
  AppointmentCreated event{};
  event.session_id = "session_1";
  event.caller_id = "+4981424634018";
  event.summary = "Check-up";
  event.start = moment("2026-02-01T09:00:00Z");
  event.end = moment("2026-02-01T09:30:00Z");
  event.processing_time = 450;
  return event;
}

AppointmentShifted shifted() {
  return {"session_2",
          "+4981424634018",
          moment("2026-02-01T11:00:00Z"),
          moment("2026-02-01T11:30:00Z"),
          ShiftType::same_day,
          300};
}

es::Uuid id_of(const es::EventId& id) { return id.uuid; }

}  // namespace

TEST_CASE("an operation is an audit line with the states around it", "[projections][appointments]") {
  DomainLog log;
  log.record("appointment-g-1", created());
  log.record("appointment-g-1", shifted());
  CHECK(
      log.rows(
          "SELECT sessionId, appointmentId, callerId, operation, processingTime, timestamp, success, "
          "json_array_length(errors), changeMetadata ->> 'shiftType' FROM appointment_audit_log ORDER BY timestamp") ==
      Rows{"session_1 | g-1 | +4981424634018 | create | 450 | 2026-01-27T10:30:00.000000Z | 1 | 0 | -",
           "session_2 | g-1 | +4981424634018 | shift | 300 | 2026-01-27T10:30:01.000000Z | 1 | 0 | same-day"});
  CHECK(log.rows("SELECT beforeState ->> 'start', afterState ->> 'start', afterState ->> 'summary', afterState ->> "
                 "'status' FROM appointment_audit_log ORDER BY timestamp") ==
        Rows{"- | 2026-02-01T09:00:00.000000Z | Check-up | scheduled",
             "2026-02-01T09:00:00.000000Z | 2026-02-01T11:00:00.000000Z | Check-up | scheduled"});
}

TEST_CASE("a notification completes the line of its operation", "[projections][appointments]") {
  DomainLog log;
  log.record("appointment-g-1", created());
  const auto operation = id_of(log.record("appointment-g-1", shifted()));
  const string told =
      "SELECT operation, changeMetadata ->> 'whatsappNotificationSent', changeMetadata ->> "
      "'whatsappRecipient', changeMetadata ->> 'whatsappMessageId', success, json_array_length(errors) "
      "FROM appointment_audit_log ORDER BY timestamp";
  log.record("appointment-g-1",
             AppointmentNotificationFailed{operation, NotifiedParty::office, "whatsapp_notification", "Failed", 90});
  CHECK(log.rows(told) == Rows{"create | 0 | - | - | 1 | 0", "shift | 0 | - | - | 1 | 1"});
  log.record("appointment-g-1", AppointmentNotificationSent{operation, NotifiedParty::teammate, "SM1", 245});
  log.record("appointment-g-1", AppointmentNotificationSent{es::Uuid{}, NotifiedParty::teammate, "SM2", 245});
  CHECK(log.rows(told) == Rows{"create | 0 | - | - | 1 | 0", "shift | 1 | teammate | SM1 | 1 | 1"});
  CHECK(log.rows("SELECT errors ->> '$[0].component', errors ->> '$[0].error', errors ->> '$[0].timestamp' FROM "
                 "appointment_audit_log WHERE errors <> '[]'") ==
        Rows{"whatsapp_notification | Failed | 2026-01-27T10:30:02.000000Z"});
}

TEST_CASE("a failed operation is a line without success", "[projections][appointments]") {
  DomainLog log;
  log.record("appointment-g-1", AppointmentOperationFailed{"session_1", "+4981424634018", AppointmentOperation::create,
                                                           "calendar", "no answer", 80});
  CHECK(log.rows("SELECT operation, success, beforeState, afterState, errors ->> '$[0].error' FROM "
                 "appointment_audit_log") == Rows{"create | 0 | - | - | no answer"});
  log.record("appointment-g-2", AppointmentObserved{});
  CHECK(log.rows("SELECT count(*) FROM appointment_audit_log") == Rows{"1"});
}

TEST_CASE("metrics of every kind stand in one collection", "[projections][system_metrics]") {
  DomainLog log;
  MetricRecorded metric{.metric_type = "api_response_time", .value = 245};
  metric.unit = "ms";
  metric.tags = es::Json{R"({"route":"/x"})"};
  metric.source = "twilio";
  log.record("metric-api_response_time", metric);
  log.record("metric-rate", MetricRecorded{.metric_type = "rate", .value = 99.5});
  log.record("appointment-g-1", created());
  const auto operation = id_of(log.record("appointment-g-1", shifted()));
  log.record("appointment-g-1", AppointmentNotificationSent{operation, NotifiedParty::teammate, "SM1", 245});
  CHECK(
      log.rows("SELECT metric_type, metricType, value, unit, duration, success, tags, metadata, source FROM "
               "system_metrics ORDER BY timestamp") ==
      Rows{
          R"(api_response_time | api_response_time | 245.0 | ms | 245.0 | - | {"route":"/x"} | {"route":"/x"} | twilio)",
          "rate | rate | 99.5 | - | - | - | - | - | application",
          R"(appointment_operation | appointment_operation | 450.0 | ms | 450.0 | 1 | {"operation":"create"} | {"operation":"create"} | application)",
          R"(appointment_operation | appointment_operation | 300.0 | ms | 300.0 | 1 | {"operation":"shift","shiftType":"same-day"} | {"operation":"shift","shiftType":"same-day"} | application)",
          R"(whatsapp_notification | whatsapp_notification | 245.0 | ms | 245.0 | 1 | {"operation":"shift","shiftType":"same-day","recipient":"teammate"} | {"operation":"shift","shiftType":"same-day","recipient":"teammate"} | application)"});
}

}  // namespace appointments_test
