// Values of objects over time, against a fold of the same random history.
#include <eventstore/history/state_at.hpp>

#include <map>
#include <random>

#include "orders.hpp"

namespace object_values_property_test {

using namespace orders;

namespace {

// The values that an object has after each of its moments.
struct Played final : es::ObjectLogSink {
  es::ObjectLogKinds kinds;
  std::map<string, std::map<es::Timestamp, std::map<string, es::MinedValue>>> objects;
  std::map<string, es::MinedValue> now;
  string id;
  std::size_t kind = 0;
  bool times_grow = true;

  es::Result<void> begin(const es::ObjectLogKinds& all) override {
    kinds = all;
    return {};
  }
  es::Result<void> begin_object(std::string_view its_id, std::size_t its_kind) override {
    id = its_id;
    kind = its_kind;
    now.clear();
    return {};
  }
  es::Result<void> values(es::Timestamp time, std::span<const es::AttributeValue> values) override {
    auto& moments = objects[id];
    times_grow = times_grow && (moments.empty() || moments.rbegin()->first < time);
    for (const auto& value : values) now[kinds.objects.at(kind).attributes.at(value.attribute).name] = value.value;
    moments[time] = now;
    return {};
  }
  es::Result<void> end_object(std::span<const es::ObjectRelation>) override { return {}; }
  es::Result<void> event(const es::MinedEvent&) override { return {}; }
  es::Result<void> end() override { return {}; }
};

using Randomness = std::mt19937_64;

void record_any(Shop& shop, Randomness& random, const string& stream) {
  const auto some = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
  switch (some(4)) {
    case 0: shop.record(stream, Priced{some(3)}); break;
    case 1: shop.record(stream, Joined{some(5)}); break;
    default:
      shop.record(
          stream,
          Placed{"c-" + std::to_string(some(3)),
                 {},
                 some(2) == 0 ? std::nullopt
                              : std::optional{Handover{some(2) == 0 ? "here" : "there",
                                                       some(2) == 0 ? std::nullopt : std::optional<string>{"k"}}}});
  }
  // Some events have the same time, and some are earlier than the one before.
  shop.clock.advance_seconds(some(3) == 0 ? -some(100) : some(100) * some(2));
}

// The values of the state, as an export should have them.
std::map<string, es::MinedValue> values_of(const Order::State& state) {
  std::map<string, es::MinedValue> values{{"customer", state.customer}, {"cents", state.cents}};
  if (state.handover) values["handover.address"] = state.handover->address;
  if (state.handover && state.handover->courier_id) values["handover.courier_id"] = *state.handover->courier_id;
  return values;
}

std::map<string, es::MinedValue> without(std::map<string, es::MinedValue> values) {
  for (const auto* const other : {"placed_at", "stream.organization_id"}) values.erase(other);
  std::erase_if(values, [](const auto& each) {
    return std::holds_alternative<std::monostate>(each.second) || each.second == es::MinedValue{string{}};
  });
  return values;
}

}  // namespace

TEST_CASE("at each of its moments an object has the values of the state that a fold gives", "[mining][property]") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    CAPTURE(seed);
    Randomness random{seed};
    Shop shop;
    const auto events = 1 + random() % 12;
    std::map<string, es::Timestamp> latest;
    std::map<string, std::map<es::Timestamp, Order::State>> wanted;
    std::map<string, std::uint64_t> versions;
    for (std::uint64_t i = 0; i < events; ++i) {
      const string stream = random() % 2 == 0 ? "order-1" : "order-2";
      const auto time = shop.clock.now();
      record_any(shop, random, stream);
      auto& at = latest.try_emplace(stream, time).first->second;
      at = std::max(at, time);
      const auto state = es::state_at(shop.log, shop.schemas, shop.types.front(), *es::StreamId::parse(stream),
                                      es::Version{++versions[stream]});
      REQUIRE(state.has_value());
      wanted[stream][at] = *(*state)->as<Order::State>();
    }
    Played played;
    REQUIRE(es::write_object_log(shop.log, shop.schemas, shop.types, {}, played).has_value());
    CHECK(played.times_grow);
    for (const auto& [stream, moments] : wanted)
      for (const auto& [time, state] : moments) {
        auto& found = played.objects[stream];
        const auto next = found.upper_bound(time);
        REQUIRE(next != found.begin());
        if (without(std::prev(next)->second) != without(values_of(state)))
          FAIL_CHECK(stream << " at " << time.to_string() << " in seed " << seed);
      }
  }
}

}  // namespace object_values_property_test
