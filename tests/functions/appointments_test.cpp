// The questions of the voice agent, against what the events say.
#include <aggregates/appointment/appointment.hpp>
#include <functions/appointments.hpp>

#include "functions/office.hpp"

using namespace domain;

namespace appointments_test {

namespace {

struct Agent : Office {
  [[nodiscard]] es::AskContext asking(const string& organization = "org-1") { return context(organization).asking(); }

  void create(const string& key, int64_t processing_time) {
    AppointmentCreated event{};
    event.session_id = "s";
    event.caller_id = "+4981424634018";
    event.summary = "Check-up";
    event.start = event.end = clock.now();
    event.processing_time = processing_time;
    record("appointment-" + key, event);
  }
  es::EventId cancel(const string& key, int64_t processing_time) {
    return record("appointment-" + key, AppointmentCancelled{"s", "+4981424634018", {}, processing_time});
  }
  void fail(const string& key, AppointmentOperation operation) {
    record("appointment-" + key,
           AppointmentOperationFailed{"s", "+4981424634018", operation, "calendar", "no answer", 60});
  }
};

}  // namespace

TEST_CASE("times and successes of operations are told by operation", "[functions][appointments]") {
  Agent agent;
  agent.create("g-1", 100);
  agent.create("g-2", 200);
  agent.cancel("g-1", 50);
  agent.fail("g-2", AppointmentOperation::cancel);
  agent.run();
  CHECK(good(get_average_processing_time(agent.asking(), {})) ==
        std::vector<OperationTime>{{"cancel", 55, 2}, {"create", 150, 2}});
  CHECK(good(get_operation_success_rate(agent.asking(), {})) ==
        std::vector<OperationSuccess>{{"cancel", 2, 1}, {"create", 2, 2}});
  CHECK(good(get_average_processing_time(agent.asking("org-2"), {})).empty());
  CHECK(good(get_operation_success_rate(agent.asking("org-2"), {})).empty());
}

TEST_CASE("errors of the last hours come newest first", "[functions][appointments]") {
  Agent agent;
  agent.fail("g-1", AppointmentOperation::create);
  agent.clock.advance_seconds(3 * 3'600);
  agent.fail("g-2", AppointmentOperation::shift);
  agent.create("g-3", 10);
  agent.fail("g-4", AppointmentOperation::cancel);
  agent.run();
  const auto keys = [&](GetRecentErrors asked) {
    return fields(good(get_recent_errors(agent.asking(), asked)).documents, "appointmentId");
  };
  CHECK(keys({}) == Rows{"g-4", "g-2", "g-1"});
  CHECK(keys({2, 50, {}}) == Rows{"g-4", "g-2"});
  const auto first = good(get_recent_errors(agent.asking(), {24, 1, {}}));
  CHECK(fields(first.documents, "appointmentId") == Rows{"g-4"});
  CHECK(keys({24, 50, first.next_cursor}) == Rows{"g-2", "g-1"});
  CHECK(good(get_recent_errors(agent.asking(), {24, 0, {}})).documents.empty());
  CHECK(code(get_recent_errors(agent.asking(), {0, 50, {}})) == es::Errc::invalid_argument);
  CHECK(code(get_recent_errors(agent.asking(), {24, 1001, {}})) == es::Errc::invalid_argument);
}

TEST_CASE("notifications that were sent are counted by recipient", "[functions][appointments]") {
  Agent agent;
  agent.create("g-1", 100);
  agent.create("g-2", 100);
  const auto one = agent.cancel("g-1", 50);
  const auto other = agent.cancel("g-2", 50);
  agent.record("appointment-g-1", AppointmentNotificationSent{one.uuid, NotifiedParty::teammate, "SM1", 245});
  agent.record("appointment-g-2",
               AppointmentNotificationFailed{other.uuid, NotifiedParty::office, "whatsapp_notification", "no", 245});
  agent.run();
  CHECK(good(get_notification_counts(agent.asking(), {})) == std::vector<NotificationCount>{{"teammate", 1}});
}

TEST_CASE("an appointment has its entries in order", "[functions][appointments]") {
  Agent agent;
  agent.create("g-1", 100);
  agent.create("g-2", 100);
  agent.fail("g-1", AppointmentOperation::shift);
  agent.cancel("g-1", 50);
  agent.run();
  const auto all = good(get_appointment_audit(agent.asking(), {"g-1", 50, {}}));
  CHECK(fields(all.documents, "operation") == Rows{"create", "shift", "cancel"});
  const auto first = good(get_appointment_audit(agent.asking(), {"g-1", 2, {}}));
  CHECK(fields(good(get_appointment_audit(agent.asking(), {"g-1", 2, first.next_cursor})).documents, "operation") ==
        Rows{"cancel"});
  CHECK(good(get_appointment_audit(agent.asking(), {"g-9", 50, {}})).documents.empty());
  CHECK(good(get_appointment_audit(agent.asking("org-2"), {"g-1", 50, {}})).documents.empty());
}

}  // namespace appointments_test
