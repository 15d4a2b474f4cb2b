#include <aggregates/activity/activity.hpp>
#include <aggregates/metric/metric.hpp>
#include <catch2/catch.hpp>
#include <eventstore/schema/codec.hpp>

namespace activity_metric_test {

using namespace domain;
using eventstore::from_json;
using eventstore::Json;

TEST_CASE("an action may be called delete, and its changes are free", "[activity]") {
  const auto json = R"({"action":"delete","resource_type":"contact","resource_id":"7",)"
                    R"("changes":{"before":{"name":"Ada"},"after":null}})";
  const auto event = from_json<ActionRecorded>(json);
  REQUIRE(event);
  CHECK(event->action == Action::delete_);
  CHECK(event->changes->before == Json{R"({"name":"Ada"})"});
  CHECK(!event->changes->after);
  CHECK(!from_json<ActionRecorded>(R"({"action":"destroy","resource_type":"contact","resource_id":"7"})"));
}

TEST_CASE("a recorded metric has a source", "[metric]") {
  const auto event = from_json<MetricRecorded>(R"({"metric_type":"latency","value":1.5,"unit":"s"})");
  REQUIRE(event);
  CHECK(event->source == "application");
  CHECK(!event->success);
}

TEST_CASE("a recorded metric contributes its own value, tags and metadata", "[metric]") {
  eventstore::Measurements measured;
  MetricRecorded event{};
  event.metric_type = "latency";
  event.value = 1.5;
  event.tags = Json{R"({"b":1,"a":[true]})"};
  Metric::measure(event, measured);
  REQUIRE(measured.all().size() == 1);
  CHECK(measured.all()[0].metric_type == "latency");
  CHECK(measured.all()[0].value == 1.5);
  CHECK(measured.all()[0].tags == R"({"a":[true],"b":1})");
  CHECK(measured.all()[0].metadata == "{}");
}

}  // namespace activity_metric_test
