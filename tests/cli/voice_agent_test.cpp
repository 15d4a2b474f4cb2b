// A day of the voice agent, as a user of the command line lives it: a caller says "I want to shift my appointment",
// the office is told by WhatsApp, and whoever watches asks how long it took and what went wrong.
#include "scenario.hpp"

namespace voice_agent_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

// Behind every event of the test, which has the machine's time.
const std::string later = "2126-01-01T00:00:00Z";

std::string operation(const std::string& data, int milliseconds) {
  return R"({"session_id":"session_123456","caller_id":"+4981424634018","processing_time":)" +
         std::to_string(milliseconds) + (data.empty() ? "" : "," + data) + "}";
}

std::string from_to(const std::string& start, const std::string& end) {
  return R"("start":")" + start + R"(","end":")" + end + "\"";
}

const std::string at_ten = from_to("2026-01-27T10:00:00Z", "2026-01-27T10:30:00Z");
const std::string at_two = from_to("2026-01-27T14:00:00Z", "2026-01-27T14:30:00Z");
const std::string on_friday = from_to("2026-01-30T14:00:00Z", "2026-01-30T14:30:00Z");
// As the calendar has it: the store has never heard of it.
const std::string observed = R"("observed":{"summary":"Check-up","location":"Room 2",)" + at_ten + "}";

class VoiceAgent : public Scenario {
 public:
  VoiceAgent() : Scenario{later} {}

  /// The id of the operation's event, for the notification about it.
  [[nodiscard]] std::string shift(const std::string& data, int milliseconds) const {
    const auto out = run({"execute", "appointment-g-1", "shift", operation(data, milliseconds)}).out;
    return values(out, "event_id").back();
  }
  void notify(const std::string& event_id, const std::string& recipient, const std::string& message_id) const {
    CHECK(execute("appointment-g-1", "record_notification",
                  R"({"operation_event_id":")" + event_id + R"(","recipient":")" + recipient + R"(","message_id":")" +
                      message_id + R"(","duration":245})") == Texts{"AppointmentNotificationSent"});
  }
  [[nodiscard]] Texts audit() const { return lines_of(query({"get_appointment_audit", "g-1"})); }
};

}  // namespace

SCENARIO("a caller shifts an appointment and the office is told", "[voice_agent]") {
  const VoiceAgent agent;
  const auto first = agent.shift(at_two + "," + observed, 450);
  CHECK(agent.types("appointment-g-1") == Texts{"AppointmentObserved", "AppointmentShifted"});
  agent.notify(first, "teammate", "SM1");
  const auto second = agent.shift(on_friday, 350);
  agent.notify(second, "office", "SM2");
  agent.project();

  const auto audit = agent.audit();
  REQUIRE(audit.size() == 2);
  CHECK(value(audit[0], "operation") == "shift");
  CHECK(value(audit[0], "sessionId") == "session_123456");
  CHECK(value(audit[0], "callerId") == "+4981424634018");
  CHECK(value(audit[0], "processingTime") == "450");
  CHECK(value(audit[0], "success") == "true");
  const auto state = [](const std::string& start, const std::string& end) {
    return R"(":{"caller_id":"+4981424634018","summary":"Check-up","start":")" + start + R"(","end":")" + end +
           R"(","location":"Room 2","attendees":[],"status":"scheduled"})";
  };
  const auto ten = state("2026-01-27T10:00:00.000000Z", "2026-01-27T10:30:00.000000Z");
  const auto two = state("2026-01-27T14:00:00.000000Z", "2026-01-27T14:30:00.000000Z");
  const auto friday = state("2026-01-30T14:00:00.000000Z", "2026-01-30T14:30:00.000000Z");
  CHECK_THAT(audit[0],
             Catch::Contains("\"afterState" + two) &&
                 Catch::Contains(R"("changeMetadata":{"shiftType":"same-day","whatsappNotificationSent":true,)"
                                 R"("whatsappRecipient":"teammate","whatsappMessageId":"SM1"})"));
  CHECK_THAT(audit[1], Catch::Contains("\"beforeState" + two) && Catch::Contains("\"afterState" + friday) &&
                           Catch::Contains(R"("shiftType":"different-day")") &&
                           Catch::Contains(R"("whatsappRecipient":"office","whatsappMessageId":"SM2")"));

  // What the seed asks of its metrics: a document an operation and a notification.
  CHECK(sql(agent.shell,
            "SELECT metricType, duration, unit, success, metadata ->> '$.operation', metadata ->> '$.shiftType' FROM "
            "system_metrics ORDER BY rowid") == Texts{"appointment_operation|450.0|ms|1|shift|same-day",
                                                      "whatsapp_notification|245.0|ms|1|shift|same-day",
                                                      "appointment_operation|350.0|ms|1|shift|different-day",
                                                      "whatsapp_notification|245.0|ms|1|shift|different-day"});
  CHECK(agent.query({"get_notification_counts"}) ==
        "{\"_id\":\"teammate\",\"count\":1}\n{\"_id\":\"office\",\"count\":1}\n");
  CHECK(agent.query({"get_average_processing_time"}) == "{\"_id\":\"shift\",\"avgProcessingTime\":400,\"count\":2}\n");
}

SCENARIO("what goes wrong in the voice agent is kept and found", "[voice_agent]") {
  const VoiceAgent agent;
  CHECK(agent.execute("appointment-g-1", "create", operation(R"("summary":"Check-up",)" + at_ten, 300)) ==
        Texts{"AppointmentCreated"});
  const auto shifted = agent.shift(at_two, 500);
  CHECK(agent.execute("appointment-g-1", "record_notification_failure",
                      R"({"operation_event_id":")" + shifted +
                          R"(","recipient":"office","error":"Failed to send message","duration":900})") ==
        Texts{"AppointmentNotificationFailed"});
  CHECK(agent.execute("appointment-g-1", "fail_operation",
                      operation(R"("operation":"update","component":"calendar","error":"calendar is away")", 5000)) ==
        Texts{"AppointmentOperationFailed"});
  CHECK(agent.execute("appointment-g-1", "cancel", operation(R"("reason":"ill")", 200)) ==
        Texts{"AppointmentCancelled"});
  require_complaint(agent.run({"execute", "appointment-g-1", "shift", operation(on_friday, 1)}), 5, {"cancelled"});
  require_complaint(agent.run({"execute", "appointment-g-1", "cancel", operation("", 1)}), 5, {"cancelled"});
  agent.project();

  CHECK(agent.query({"get_operation_success_rate"}) ==
        "{\"_id\":\"shift\",\"total\":1,\"successful\":1}\n"
        "{\"_id\":\"cancel\",\"total\":1,\"successful\":1}\n"
        "{\"_id\":\"create\",\"total\":1,\"successful\":1}\n"
        "{\"_id\":\"update\",\"total\":1,\"successful\":0}\n");
  const auto created = agent.audit().front();
  CHECK_THAT(created, !Catch::Contains("beforeState") && Catch::Contains(R"("afterState":{)"));
  CHECK(agent.query({"get_recent_errors"}).empty());  // a century later
  const auto errors = agent.shell.result({"query", "get_recent_errors", "--org", "org-1"});
  CHECK(values(errors, "operation") == Texts{"update", "shift"});
  CHECK_THAT(errors, Catch::Contains(R"("errors":[{"component":"calendar","error":"calendar is away",)") &&
                         Catch::Contains(R"("errors":[{"component":"whatsapp_notification",)"
                                         R"("error":"Failed to send message",)"));
  CHECK(agent.query({"get_notification_counts"}).empty());
  CHECK(sql(agent.shell, "SELECT metricType, success FROM system_metrics ORDER BY rowid") ==
        Texts{"appointment_operation|1", "appointment_operation|1", "whatsapp_notification|0",
              "appointment_operation|0", "appointment_operation|1"});
  CHECK(agent.shell.run({"project", "verify"}).exit_code == 0);
}

SCENARIO("a person of whom an appointment tells gets the data and is forgotten", "[voice_agent][subject]") {
  const VoiceAgent agent;
  (void)agent.shift(at_two + "," + observed, 450);
  agent.project();
  CHECK_THAT(agent.must({"subject", "export", "g-1"}), Catch::Contains("Check-up"));
  CHECK(agent.shell.run({"subject", "erase", "g-1", "--org", "org-1"}).exit_code == 0);
  const auto left = agent.shell.result({"all"}) + agent.query({"get_appointment_audit", "g-1"});
  CHECK_THAT(left, !Catch::Contains("Check-up") && !Catch::Contains("Room 2"));
  CHECK(agent.query({"get_average_processing_time"}) == "{\"_id\":\"shift\",\"avgProcessingTime\":450,\"count\":1}\n");
}

}  // namespace voice_agent_test
