// Documents of calls, appointments and calendars, as the lines of their events.
#include "importers/moved.hpp"

namespace lines_test {

using namespace domain;
using Types = std::vector<string>;

namespace {

string call(const string& members) {
  return R"({"_id":{"$oid":"64f1a2b3c4d5e6f708192a3b"},"call_sid":"CA1","delivery_id":{"$oid":"64f1a2b3c4d5e6f708192a3c"},)"
         R"("from_number":"+15550100","to_number":"+15550101","createdAt":{"$date":"2025-10-26T14:00:00Z"},)"
         R"("updatedAt":{"$date":"2025-10-26T14:05:00Z"})" +
         (members.empty() ? "" : "," + members) + "}";
}

string operation(const string& members) {
  return R"({"_id":{"$oid":"64f1a2b3c4d5e6f708192a3b"},"sessionId":"s-1","appointmentId":"g-1","callerId":"+4930500",)"
         R"("processingTime":450,"timestamp":{"$date":"2025-10-26T14:00:00Z"},)" +
         members + "}";
}
const string before =
    R"("beforeState":{"id":"g-1","summary":"Check","start":"2025-11-01T09:00:00Z","end":"2025-11-01T09:30:00Z"})";
const string after =
    R"("afterState":{"summary":"Check-up","start":{"dateTime":"2025-11-01T11:00:00Z"},"end":"2025-11-01T11:30:00Z",)"
    R"("location":"Room 2"})";

}  // namespace

TEST_CASE("a completed call tells its whole course", "[importers][calls]") {
  const auto made = converted(
      "delauto-calls",
      call(R"("status":"completed","direction":"outbound","start_time":{"$date":"2025-10-26T14:01:00Z"},)"
           R"("end_time":{"$date":"2025-10-26T14:02:00Z"},"duration":55,"recording_url":"https://r.example.org/1",)"
           R"("recording_duration":54,"transcription":"Hello","retry_count":1,)"
           R"("ai_analysis":{"sentiment":"positive","keywords":["door"],"confidence_score":0.9},)"
           R"("webhook_events":[{"event":"answered","timestamp":{"$date":"2025-10-26T14:01:00Z"},"data":{"a":1}}])"));
  CHECK(members_of(made, "event_type") == Types{R"("CallQueued")", R"("CallWebhookReceived")", R"("CallAnswered")",
                                                R"("CallCompleted")", R"("CallRecordingAttached")",
                                                R"("CallTranscribed")", R"("CallAnalyzed")"});
  CHECK(members_of(made, "aggregate_id") == Types(7, R"("CA1")"));
  CHECK(members_of(made, "aggregate_type") == Types(7, R"("call")"));
  CHECK(made.left_out.empty());
  CHECK(members_of(made, "metadata.rest") == Types(7, "-"));
  CHECK(
      member_of(made.lines[0], "event_data") ==
      R"({"call_sid":"CA1","delivery_id":"64f1a2b3c4d5e6f708192a3c","direction":"outbound","from_number":"+15550100",)"
      R"("retry_count":1,"to_number":"+15550101"})");
  CHECK(member_of(made.lines[1], "event_data") == R"({"data":{"a":1},"event":"answered","provider":"twilio"})");
  CHECK(member_of(made.lines[3], "event_data") == R"({"duration":55,"end_time":"2025-10-26T14:02:00.000000Z"})");
  CHECK(member_of(made.lines[4], "event_data") ==
        R"({"recording_duration":54,"recording_id":"CA1","recording_url":"https://r.example.org/1"})");
}

TEST_CASE("each status of a call has its event", "[importers][calls]") {
  const std::vector<std::pair<string, string>> ends{{"ringing", "CallRinging"},   {"in-progress", "CallAnswered"},
                                                    {"busy", "CallBusy"},         {"no-answer", "CallNotAnswered"},
                                                    {"canceled", "CallCanceled"}, {"failed", "CallFailed"}};
  for (const auto& [status, type] : ends) {
    CAPTURE(status);
    CHECK(members_of(converted("delauto-calls", call(R"("status":")" + status + "\"")), "event_type") ==
          Types{R"("CallQueued")", '"' + type + '"'});
  }
  CHECK(converted("delauto-calls", call(R"("status":"queued")")).lines.size() == 1);
  CHECK(converted("delauto-calls", call(R"("status":"parked")")).left_out.size() == 1);
  const auto failed = converted("delauto-calls", call(R"("status":"failed","error_code":{"$numberInt":"31005"})"));
  CHECK(member_of(failed.lines[1], "event_data") == R"({"error_code":"31005"})");
}

TEST_CASE("a completed call without a duration says so", "[importers][calls]") {
  const auto made = converted("delauto-calls", call(R"("status":"completed")"));
  CHECK(member_of(made.lines[1], "event_data.duration") == "0");
  CHECK(made.left_out.size() == 1);
  const auto timed =
      converted("delauto-calls", call(R"("status":"completed","start_time":{"$date":"2025-10-26T14:01:00Z"},)"
                                      R"("end_time":{"$date":"2025-10-26T14:02:30Z"})"));
  CHECK(member_of(timed.lines[2], "event_data.duration") == "90");
  CHECK(timed.left_out.empty());
  CHECK_FALSE(convert("delauto-calls", R"({"_id":"x","status":"queued"})"));
}

TEST_CASE("an operation on an appointment becomes its event", "[importers][appointments]") {
  const auto shifted = converted(
      "appointment-audit", operation(R"("operation":"shift","success":true,)" + before + "," + after +
                                     R"(,"changeMetadata":{"shiftType":"same-day","whatsappNotificationSent":true,)"
                                     R"("whatsappRecipient":"teammate","whatsappMessageId":"SM1"},"errors":[])"));
  CHECK(members_of(shifted, "event_type") ==
        Types{R"("AppointmentObserved")", R"("AppointmentShifted")", R"("AppointmentNotificationSent")"});
  CHECK(members_of(shifted, "aggregate_id") == Types(3, R"("g-1")"));
  CHECK(member_of(shifted.lines[1], "event_data") ==
        R"({"caller_id":"+4930500","end":"2025-11-01T11:30:00.000000Z","processing_time":450,"session_id":"s-1",)"
        R"("shift_type":"same-day","start":"2025-11-01T11:00:00.000000Z"})");
  CHECK(member_of(shifted.lines[2], "event_data.operation_event_id") == member_of(shifted.lines[1], "event_id"));
  CHECK(member_of(shifted.lines[2], "event_data.message_id") == R"("SM1")");
  CHECK(member_of(shifted.lines[0], "metadata.rest") == "-");

  const auto of = [](const string& name) {
    return converted("appointment-audit",
                     operation(R"("operation":")" + name + R"(","success":true,)" + before + "," + after));
  };
  CHECK(members_of(of("create"), "event_type") == Types{R"("AppointmentCreated")"});
  CHECK(member_of(of("create").lines[0], "event_data.location") == R"("Room 2")");
  CHECK(member_of(of("update").lines[1], "event_data.summary") == R"("Check-up")");
  CHECK(members_of(of("cancel"), "event_type") == Types{R"("AppointmentObserved")", R"("AppointmentCancelled")"});
  CHECK_FALSE(convert("appointment-audit", operation(R"("operation":"sing","success":true,)" + after)));
  CHECK_FALSE(convert("appointment-audit", operation(R"("operation":"shift","success":true)")));
}

TEST_CASE("an operation that failed tells its error", "[importers][appointments]") {
  const auto failed = converted(
      "appointment-audit",
      operation(
          R"("operation":"shift","success":false,"beforeState":null,"afterState":null,)"
          R"("errors":[{"component":"calendar","error":"timed out","timestamp":{"$date":"2025-10-26T14:00:00Z"}}])"));
  CHECK(members_of(failed, "event_type") == Types{R"("AppointmentOperationFailed")"});
  CHECK(member_of(failed.lines[0], "event_data") ==
        R"({"caller_id":"+4930500","component":"calendar","error":"timed out","operation":"shift",)"
        R"("processing_time":450,"session_id":"s-1"})");
  const auto told = converted(
      "appointment-audit",
      operation(R"("operation":"cancel","success":true,"changeMetadata":{"whatsappNotificationSent":false,)"
                R"("whatsappRecipient":"office"},"errors":[{"component":"whatsapp_notification","error":"refused"}])"));
  CHECK(members_of(told, "event_type") == Types{R"("AppointmentCancelled")", R"("AppointmentNotificationFailed")"});
}

TEST_CASE("an entry of a calendar becomes the event that made it", "[importers][calendar]") {
  const auto made = converted(
      "calendar-events",
      R"({"_id":{"$oid":"64f1a2b3c4d5e6f708192a3b"},"user_id":"u-1","provider":"google","provider_event_id":"g-9",)"
      R"("summary":"Lunch","start":{"$date":"2025-11-01T12:00:00Z"},"end":{"$date":"2025-11-01T13:00:00Z"},)"
      R"("attendees":["a@example.org",{"email":"b@example.org","self":true}],"created_at":{"$date":"2025-10-01T08:00:00Z"}})");
  CHECK(members_of(made, "event_type") == Types{R"("CalendarEventCreated")"});
  CHECK(member_of(made.lines[0], "aggregate_id") == R"("64f1a2b3c4d5e6f708192a3b")");
  CHECK(member_of(made.lines[0], "event_data.attendees") == R"(["a@example.org","b@example.org"])");
  CHECK_THAT(member_of(made.lines[0], "metadata.rest"), Catch::Contains("self"));
  CHECK(member_of(made.lines[0], "created_at") == R"("2025-10-01T08:00:00.000000Z")");
  CHECK_FALSE(convert("calendar-events", R"({"_id":"x","user_id":"u-1","provider":"google","summary":"Lunch"})"));
}

TEST_CASE("kinds that are not known are listed", "[importers]") {
  const auto made = convert("oracle", "{}");
  REQUIRE_FALSE(made);
  for (const auto& each : all_importers()) CHECK_THAT(made.error().message(), Catch::Contains(each.name));
  CHECK(all_importers().size() == 7);
}

}  // namespace lines_test
