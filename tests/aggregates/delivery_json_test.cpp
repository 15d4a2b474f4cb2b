#include <aggregates/delivery/events.hpp>
#include <aggregates/delivery/state.hpp>
#include <catch2/catch.hpp>
#include <eventstore/schema/codec.hpp>

#include <string>

namespace delivery_json_test {

using namespace domain;
using eventstore::from_json;

namespace {

std::string scheduled_with(const std::string& more) {
  return R"({"customer_id":"customer-1","address":"1 Mill Lane","scheduled_time":"2026-01-27T10:30:00.000000Z")" +
         more + "}";
}

}  // namespace

TEST_CASE("a scheduled delivery needs little, the rest has defaults", "[delivery]") {
  const auto event = from_json<DeliveryScheduled>(scheduled_with(""));
  REQUIRE(event);
  CHECK(event->estimated_duration == 30);
  CHECK(event->priority == DeliveryPriority::normal);
  CHECK(event->max_retries == 3);
  CHECK(!event->package_details);
  CHECK(!event->longitude);
  CHECK(eventstore::to_json(*event) ==
        scheduled_with(R"(,"estimated_duration":30,"priority":"normal","max_retries":3)"));
}

TEST_CASE("a package's dimensions are read flat and nested, and written nested", "[delivery]") {
  const auto nested = R"(,"package_details":{"weight":0.4,"dimensions":{"length":18.0,"width":11.0,"height":12.5},)"
                      R"("value":56.99,"fragile":false,"signature_required":false})";
  const auto flat = R"(,"package_details":{"weight":0.4,"length":18.0,"width":11.0,"height":12.5,"value":56.99})";
  const auto from_nested = from_json<DeliveryScheduled>(scheduled_with(nested));
  const auto from_flat = from_json<DeliveryScheduled>(scheduled_with(flat));
  REQUIRE(from_nested);
  REQUIRE(from_flat);
  CHECK(*from_flat == *from_nested);
  CHECK(from_flat->package_details->dimensions == Dimensions{18, 11, 12.5});
  CHECK(eventstore::to_json(*from_flat).find(nested) != std::string::npos);

  const auto partly = from_json<DeliveryScheduled>(scheduled_with(R"(,"package_details":{"height":3})"));
  REQUIRE(partly);
  CHECK(partly->package_details->dimensions == Dimensions{{}, {}, 3});
}

TEST_CASE("a package without dimensions has none", "[delivery]") {
  const auto event = from_json<DeliveryScheduled>(scheduled_with(R"(,"package_details":{})"));
  REQUIRE(event);
  CHECK(event->package_details == PackageDetails{});
}

TEST_CASE("an unknown priority and a missing customer are refused by name", "[delivery]") {
  const auto priority = from_json<DeliveryScheduled>(scheduled_with(R"(,"priority":"asap")"));
  REQUIRE(!priority);
  CHECK(priority.error().where == "priority");
  const auto customer = from_json<DeliveryScheduled>(R"({"address":"x","scheduled_time":"2026-01-27T10:30:00Z"})");
  REQUIRE(!customer);
  CHECK(customer.error().where == "customer_id");
}

TEST_CASE("a delivery's state leaves out what is not known", "[delivery]") {
  CHECK(eventstore::to_json(DeliveryState{}) ==
        R"({"customer_id":"","address":"","scheduled_time":"1970-01-01T00:00:00.000000Z","estimated_duration":30,)"
        R"("status":"scheduled","priority":"normal","tracking_events":[],"retry_count":0,"max_retries":3})");
}

}  // namespace delivery_json_test
