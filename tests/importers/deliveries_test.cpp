// DelAuto's deliveries: the events lead to the delivery that the document shows.
#include <rapidcheck.h>

#include "importers/moved.hpp"

namespace deliveries_test {

using namespace domain;

namespace {

string delivery(const string& members) {
  return R"({"_id":{"$oid":"64f1a2b3c4d5e6f708192a3b"},"customer_id":{"$oid":"64f1a2b3c4d5e6f708192a3c"},)"
         R"("address":"123 Main St","coordinates":{"type":"Point","coordinates":[-74.006,40.7128]},)"
         R"("scheduled_time":{"$date":"2025-10-26T14:00:00Z"},"createdAt":{"$date":"2025-10-25T10:00:00Z"},)"
         R"("updatedAt":{"$date":"2025-10-26T14:15:00Z"})" +
         (members.empty() ? "" : "," + members) + "}";
}
string step(const string& status, const string& minute, const string& more = "") {
  return R"({"status":")" + status + R"(","timestamp":{"$date":"2025-10-26T13:)" + minute + R"(:00Z"})" +
         (more.empty() ? "" : "," + more) + "}";
}
string steps(const string& list) { return R"("tracking_events":[)" + list + "]"; }
const string agent = R"("agent_id":{"$oid":"64f1a2b3c4d5e6f708192a3d"})";

DeliveryState moved(const es::Converted& made) {
  Moved log;
  CHECK(log.take(made) == made.lines.size());
  CHECK(log.take(made) == 0);
  return log.state<DeliveryState>(delivery_type(), "delivery-64f1a2b3c4d5e6f708192a3b");
}
DeliveryState moved(const string& document) { return moved(converted("delauto-deliveries", document)); }
std::vector<string> types(const string& document) {
  return members_of(converted("delauto-deliveries", document), "event_type");
}

}  // namespace

TEST_CASE("a delivered delivery is the one that its document shows", "[importers][deliveries]") {
  const auto made = converted(
      "delauto-deliveries",
      delivery(agent +
               R"(,"estimated_duration":45,"status":"completed","priority":"high","max_retries":5,)"
               R"("package_details":{"weight":2.5,"dimensions":{"length":30,"width":20,"height":10},"value":150,)"
               R"("fragile":true,"signature_required":true,"special_instructions":"Handle with care"},)"
               R"("call_log_id":{"$oid":"64f1a2b3c4d5e6f708192a3e"},"recording_id":"r-1",)" +
               steps(step("assigned", "00", R"("notes":"Assigned to Smith")") + "," +
                     step("in_transit", "30", R"("location":{"type":"Point","coordinates":[-74.006,40.7]})") + "," +
                     step("completed", "45", R"("notes":"Delivered")")) +
               R"(,"actual_delivery_time":{"$date":"2025-10-26T14:15:00Z"},)"
               R"("customer_feedback":{"rating":5,"comments":"Excellent"},"retry_count":0)"));
  CHECK(made.left_out.empty());
  CHECK(members_of(made, "metadata.rest") == std::vector<string>(made.lines.size(), "-"));
  const auto state = moved(made);
  CHECK(state.customer_id == "64f1a2b3c4d5e6f708192a3c");
  CHECK(state.agent_id == "64f1a2b3c4d5e6f708192a3d");
  CHECK(state.status == DeliveryStatus::completed);
  CHECK(state.priority == DeliveryPriority::high);
  CHECK(state.estimated_duration == 45);
  CHECK(state.max_retries == 5);
  CHECK(state.coordinates->longitude == -74.006);
  CHECK(state.package_details->dimensions->width == 20);
  CHECK(state.package_details->fragile);
  CHECK(state.actual_delivery_time == moment("2025-10-26T14:15:00Z"));
  CHECK(state.customer_feedback->rating == 5);
  CHECK(state.call_log_id == "64f1a2b3c4d5e6f708192a3e");
  CHECK(state.recording_id == "r-1");
  CHECK(state.retry_count == 0);
  REQUIRE(state.tracking_events.size() == 3);
  CHECK(state.tracking_events.at(0).status == "assigned");
  CHECK(state.tracking_events.at(0).notes == "Assigned to Smith");
  CHECK(state.tracking_events.at(1).location->latitude == 40.7);
  CHECK(state.tracking_events.at(2).timestamp == moment("2025-10-26T13:45:00Z"));
}

TEST_CASE("a document without a past has the status that it shows", "[importers][deliveries]") {
  using Types = std::vector<string>;
  const auto status = [](const string& word) { return R"("status":")" + word + "\""; };
  CHECK(types(delivery("")) == Types{R"("DeliveryScheduled")"});
  CHECK(types(delivery(status("scheduled"))) == Types{R"("DeliveryScheduled")"});
  CHECK(types(delivery(agent + "," + status("assigned"))) == Types{R"("DeliveryScheduled")", R"("DeliveryAssigned")"});
  CHECK(types(delivery(agent + "," + status("in_transit"))) ==
        Types{R"("DeliveryScheduled")", R"("DeliveryAssigned")", R"("DeliveryDeparted")"});
  CHECK(types(delivery(agent + "," + status("failed"))) ==
        Types{R"("DeliveryScheduled")", R"("DeliveryAssigned")", R"("DeliveryFailed")"});
  CHECK(types(delivery(status("cancelled"))) == Types{R"("DeliveryScheduled")", R"("DeliveryCancelled")"});
}

TEST_CASE("tries are counted as the document counts them", "[importers][deliveries]") {
  const auto failed_once = steps(step("assigned", "00") + "," + step("failed", "10", R"("notes":"nobody at home")") +
                                 "," + step("scheduled", "20") + "," + step("assigned", "30"));
  auto state = moved(delivery(agent + R"(,"status":"assigned","retry_count":1,)" + failed_once));
  CHECK(state.status == DeliveryStatus::assigned);
  CHECK(state.retry_count == 1);
  state = moved(delivery(agent + R"(,"status":"assigned","retry_count":3,)" + failed_once));
  CHECK(state.retry_count == 3);
  state = moved(delivery(agent + R"(,"status":"completed","retry_count":2)"));
  CHECK(state.retry_count == 2);
  CHECK(state.status == DeliveryStatus::completed);
  CHECK(moved(delivery(agent + R"(,"status":"scheduled","retry_count":1,)" +
                       steps(step("assigned", "00") + "," + step("failed", "10"))))
            .status == DeliveryStatus::scheduled);
}

TEST_CASE("steps of a kind of their own are kept as they are told", "[importers][deliveries]") {
  const auto state = moved(
      delivery(R"("status":"scheduled",)" + steps(step("at the depot", "05", R"("location":{"lng":1,"lat":2})"))));
  CHECK(state.status == DeliveryStatus::scheduled);
  REQUIRE(state.tracking_events.size() == 1);
  CHECK(state.tracking_events.at(0).status == "at the depot");
  CHECK(state.tracking_events.at(0).location->latitude == 2);
}

TEST_CASE("what no event has stays in the metadata", "[importers][deliveries]") {
  const auto made = converted(
      "delauto-deliveries",
      delivery(R"("package_details":{"weight":1,"colour":"red"},"customer_feedback":{"comments":"no stars"},)" +
               steps(R"({"status":"assigned","location":"the depot"})")));
  const auto rest = member_of(made.lines.front(), "metadata.rest");
  for (const auto* const word : {"colour", "no stars", "the depot"}) CHECK_THAT(rest, Catch::Contains(word));
}

TEST_CASE("a status that no event leads to is told", "[importers][deliveries]") {
  CHECK(converted("delauto-deliveries", delivery(R"("status":"lost")")).left_out.size() == 1);
  CHECK(converted("delauto-deliveries", delivery(R"("status":"assigned")")).left_out.size() == 1);
  CHECK(converted("delauto-deliveries", delivery(R"("status":"scheduled",)" + steps(step("in_transit", "05"))))
            .left_out.size() == 1);
}

TEST_CASE("any document of a delivery leads to its status and its tries or says why not", "[importers][deliveries]") {
  CHECK(rc::check([] {
    const std::vector<string> words{"scheduled", "assigned", "in_transit", "completed", "failed", "cancelled", "odd"};
    const auto word = [&] { return words[*rc::gen::inRange<std::size_t>(0, words.size())]; };
    string list;
    const auto count = *rc::gen::inRange(0, 8);
    for (int number = 0; number < count; ++number)
      list += (list.empty() ? "" : ",") + step(word(), std::to_string(10 + number));
    const auto status = word();
    const auto retries = *rc::gen::inRange(0, 4);
    const bool has_agent = *rc::gen::inRange(0, 2) == 1;
    const auto made =
        converted("delauto-deliveries", delivery((has_agent ? agent + "," : "") + R"("status":")" + status +
                                                 R"(","retry_count":)" + std::to_string(retries) + "," + steps(list)));
    Moved log;
    log.take(made);
    const auto state = log.state<DeliveryState>(delivery_type(), "delivery-64f1a2b3c4d5e6f708192a3b");
    if (made.left_out.empty()) RC_ASSERT(string{to_string(state.status)} == status);
    RC_ASSERT(state.retry_count >= retries);
  }));
}

}  // namespace deliveries_test
