// A log as objects, their values over time, and events that concern them.
#include <eventstore/schema/json_document.hpp>

#include "orders.hpp"

namespace object_log_test {

using namespace orders;

namespace {

using Lines = std::vector<string>;

Lines kind_names(const std::vector<es::MinedKind>& kinds) {
  Lines names;
  for (const auto& kind : kinds) names.push_back(kind.name);
  return names;
}

}  // namespace

TEST_CASE("a stream is an object and events are related to it and to what their fields refer to", "[mining]") {
  Shop shop;
  shop.record("order-1", Placed{"ada", {"tea", "cup", "tea"}, Handover{"Mill Lane", "kim"}});
  shop.record("order-2", Placed{"ada", {}, std::nullopt});
  shop.record("order-2", Joined{1});
  const auto seen = shop.read();
  CHECK(seen.events == Lines{"e1 OrderPlaced -> order-1 (order) -> courier-kim (handover.courier_id) -> customer-ada "
                             "(customer_id) -> item-cup (item_ids) -> item-tea (item_ids)",
                             "e2 OrderPlaced -> order-2 (order) -> customer-ada (customer_id)",
                             "e3 OrderJoined -> order-2 (order) -> order-1 (order_number)"});
  CHECK(seen.objects ==
        Lines{"order-1 order",
              "  12:00:00 stream.organization_id='default' customer='ada' cents=0 handover.address='Mill Lane' "
              "handover.courier_id='kim' placed_at='2026-01-27T12:00:00.000000Z'",
              "  -> courier-kim (handover.courier_id)", "  -> customer-ada (customer_id)", "  -> item-cup (item_ids)",
              "  -> item-tea (item_ids)", "order-2 order",
              "  12:00:00 stream.organization_id='default' customer='ada' cents=0 "
              "placed_at='2026-01-27T12:00:00.000000Z'",
              "  -> customer-ada (customer_id)", "  -> order-1 (order_number)", "courier-kim courier",
              "customer-ada customer", "item-cup item", "item-tea item"});
  CHECK(kind_names(seen.kinds.objects) == Lines{"courier", "customer", "item", "order"});
  CHECK(Seen::attributes(seen.kinds.objects, "customer").empty());
}

TEST_CASE("an event that refers to its own stream or to no possible key adds no relation", "[mining]") {
  Shop shop;
  shop.record("order-1", Joined{1});
  shop.record("order-1", Joined{std::nullopt});
  shop.record("order-1", Placed{"", {"", "a\nb", string(300, 'x')}, Handover{"", std::nullopt}});
  const auto seen = shop.read();
  CHECK(seen.events == Lines{"e1 OrderJoined -> order-1 (order)", "e2 OrderJoined -> order-1 (order)",
                             "e3 OrderPlaced -> order-1 (order)"});
  CHECK(seen.objects.front() == "order-1 order");
  CHECK(kind_names(seen.kinds.objects) == Lines{"order"});
}

TEST_CASE("an event and a category that were renamed keep their relations and their object", "[mining]") {
  Shop shop;
  shop.raw("purchase-9", "OrderLinked", R"({"order_number":8})");
  shop.raw("purchase-8", "OrderPriced", R"({"cents":5})");
  const auto seen = shop.read({.category = "order"});
  CHECK(seen.events ==
        Lines{"e1 OrderLinked -> order-9 (order) -> order-8 (order_number)", "e2 OrderPriced -> order-8 (order)"});
  CHECK(seen.objects[0] == "order-8 order");
  CHECK(kind_names(seen.kinds.objects) == Lines{"order"});
}

TEST_CASE("values of an object change at the time of the event and are taken away with it", "[mining]") {
  Shop shop;
  shop.record("order-1", Placed{"ada", {}, Handover{"Mill Lane", "kim"}});
  shop.clock.advance_seconds(60);
  shop.record("order-1", Priced{5});
  shop.clock.advance_seconds(60);
  shop.record("order-1", Priced{5});
  shop.record("order-1", Placed{"bob", {}, std::nullopt});
  const auto seen = shop.read();
  REQUIRE(seen.objects.size() > 4);
  CHECK(seen.objects[2] == "  12:01:00 cents=5");
  CHECK(seen.objects[3] ==
        "  12:02:00 customer='bob' handover.address=- handover.courier_id=- placed_at='2026-01-27T12:02:00.000000Z'");
}

TEST_CASE("an object has one value at a time although several events have the same", "[mining]") {
  Shop shop;
  shop.record("order-1", Placed{"ada", {}, std::nullopt});
  shop.record("order-1", Priced{1});
  shop.record("order-1", Priced{2});
  const auto seen = shop.read();
  CHECK(seen.objects[1] ==
        "  12:00:00 stream.organization_id='default' customer='ada' cents=2 "
        "placed_at='2026-01-27T12:00:00.000000Z'");
}

TEST_CASE("values have the order of the versions although a clock ran backwards", "[mining]") {
  Shop shop;
  shop.record("order-1", Priced{1});
  shop.clock.advance_seconds(60);
  shop.record("order-1", Priced{2});
  shop.clock.set(*es::Timestamp::parse("2026-01-27T11:00:00Z"));
  shop.record("order-1", Priced{3});
  const auto seen = shop.read();
  CHECK(seen.objects ==
        Lines{"order-1 order", "  12:00:00 stream.organization_id='default' cents=1", "  12:01:00 cents=3"});
}

TEST_CASE("an attribute is a text where a number of it is past what a float64 tells apart", "[mining]") {
  Shop shop;
  const auto exact = int64_t{1} << 53;
  shop.record("order-1", Priced{exact});
  shop.record("order-2", Priced{-exact});
  auto seen = shop.read();
  CHECK(seen.values_of_events[0].ends_with("cents=9007199254740992"));
  CHECK(seen.values_of_events[1].ends_with("cents=-9007199254740992"));
  shop.record("order-2", Priced{exact + 1});
  seen = shop.read();
  CHECK(seen.values_of_events[0].ends_with("cents='9007199254740992'"));
  CHECK(seen.values_of_events[2].ends_with("cents='9007199254740993'"));
  CHECK(seen.objects[1].ends_with("cents='9007199254740992'"));
}

TEST_CASE("events of types that no struct has are exported from their JSON alone", "[mining]") {
  Shop shop;
  shop.raw("ticket-1", "Opened",
           R"({"n":1,"big":18446744073709551616,"huge":1e400,"f":0.5,"ok":true,"tags":{"a":[1]},"none":null})");
  shop.raw("ticket-1", "Opened", R"({"n":1.5,"ok":"yes"})");
  const auto seen = shop.read();
  CHECK(seen.objects == Lines{"ticket-1 ticket", "  12:00:00 stream.organization_id='default'"});
  const auto attributes = Seen::attributes(seen.kinds.events, "Opened");
  const Lines of_data{attributes.begin() + 4, attributes.end()};
  CHECK(of_data == Lines{"n:2", "big:4", "huge:4", "f:2", "ok:4", "tags:4"});
  CHECK(seen.values_of_events[0].ends_with(
      " n=1.000000 big='18446744073709551616' huge='1e400' f=0.500000 ok='true' tags='{\"a\":[1]}'"));
  CHECK(seen.values_of_events[1].ends_with(" n=1.500000 ok='yes'"));
}

TEST_CASE("data that is no object has no values", "[mining]") {
  Shop shop;
  shop.raw("ticket-1", "Odd", "[1,2]");
  shop.raw("ticket-1", "Odd", "3");
  CHECK(Seen::attributes(shop.read().kinds.events, "Odd").size() == 4);
}

TEST_CASE("one name of an event in two categories is two types", "[mining]") {
  Shop shop;
  shop.raw("ticket-1", "Opened", "{}");
  shop.raw("door-1", "Opened", "{}");
  shop.raw("door-1", "Closed", "{}");
  CHECK(kind_names(shop.read().kinds.events) == Lines{"Closed", "door.Opened", "ticket.Opened"});
  CHECK(kind_names(shop.read({.category = "door"}).kinds.events) == Lines{"Closed", "Opened"});
}

TEST_CASE("names that SQL takes for the same or for its own get numbers", "[mining]") {
  Shop shop;
  shop.raw("t-1", "E", R"({"ocel_id":1,"OCEL_Time":2,"a":3,"A":4,"event.id":5,"":6,"a\u0000b":7})");
  const auto attributes = Seen::attributes(shop.read().kinds.events, "E");
  const Lines of_data{attributes.begin() + 4, attributes.end()};
  CHECK(of_data == Lines{"ocel_id_2:1", "OCEL_Time_2:1", "a:1", "A_2:1", "event.id_2:1", "_:1", "a_b:1"});
}

TEST_CASE("of data with more members than a table has columns the last ones stand together", "[mining]") {
  Shop shop;
  string json{"{"};
  for (int i = 0; i < 1003; ++i) json += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":" + std::to_string(i);
  shop.raw("t-1", "E", json + "}");
  const auto seen = shop.read();
  CHECK(Seen::attributes(seen.kinds.events, "E").size() == 4 + 1000 + 1);
  CHECK(seen.values_of_events[0].ends_with(R"(k999=999 other_data='{"k1000":1000,"k1001":1001,"k1002":1002}')"));
}

TEST_CASE("a part of a log has the events in it and their objects", "[mining]") {
  Shop shop;
  shop.record("order-1", Placed{"ada", {}, std::nullopt});
  shop.record("order-2", Placed{"bob", {}, std::nullopt});
  shop.raw("ticket-1", "Opened", "{}");
  shop.record("order-2", Priced{7});
  const auto late = shop.read({.from = es::Position{3}});
  CHECK(late.events == Lines{"e3 Opened -> ticket-1 (ticket)", "e4 OrderPriced -> order-2 (order)"});
  CHECK(late.objects == Lines{"order-2 order",
                              "  12:00:00 stream.organization_id='default' customer='bob' cents=7 "
                              "placed_at='2026-01-27T12:00:00.000000Z'",
                              "ticket-1 ticket", "  12:00:00 stream.organization_id='default'"});
  CHECK(shop.read({.to = es::Position{1}}).events.size() == 1);
  CHECK(shop.read({.category = "order"}).events.size() == 3);
  CHECK(shop.read({.category = "nothing"}).events.empty());
  CHECK(shop.read({.organization = "other"}).events.empty());
  Seen seen;
  const auto backward =
      es::write_object_log(shop.log, shop.schemas, shop.types, {.from = es::Position{3}, .to = es::Position{2}}, seen);
  REQUIRE_FALSE(backward);
  CHECK(backward.error().code == es::Errc::invalid_argument);
}

TEST_CASE("a stop ends an export with an error", "[mining]") {
  Shop shop;
  shop.record("order-1", Priced{1});
  std::stop_source stop;
  stop.request_stop();
  Seen seen;
  const auto written = es::write_object_log(shop.log, shop.schemas, shop.types, {}, seen, {.stop = stop.get_token()});
  REQUIRE_FALSE(written);
  CHECK(written.error().code == es::Errc::stopped);
  CHECK_FALSE(seen.ended);
}

}  // namespace object_log_test
