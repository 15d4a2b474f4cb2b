#pragma once
// Orders that refer to customers, items and couriers, and a sink that keeps what an export gives.
#include <eventstore/history/object_log.hpp>

#include "aggregate/recorded.hpp"

namespace orders {

namespace es = eventstore;
using std::int64_t, std::string;

struct Handover {
  EVENTSTORE_FIELDS(Handover, (string, address), (std::optional<string>, courier_id, , es::refers_to("courier")));
};

using Ids = std::vector<string>;

struct Placed {
  EVENTSTORE_EVENT(Placed, "OrderPlaced", (string, customer_id, , es::refers_to("customer")),
                   (Ids, item_ids, , es::refers_to("item")), (std::optional<Handover>, handover));
};
struct Priced {
  EVENTSTORE_EVENT(Priced, "OrderPriced", (int64_t, cents));
};
struct Joined {
  static constexpr auto was = es::was("OrderLinked");
  EVENTSTORE_EVENT(Joined, "OrderJoined", (std::optional<int64_t>, order_number, , es::refers_to("order")));
};

struct Order {
  static constexpr auto category = "order";
  static constexpr auto was = es::was("purchase");
  using events = es::Events<Placed, Priced, Joined>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, customer), (int64_t, cents), (std::optional<Handover>, handover), (Ids, items),
                      (es::Timestamp, placed_at));
  };
  static void evolve(State& s, const Placed& e, const es::Metadata& m) {
    s = {e.customer_id, s.cents, e.handover, e.item_ids, m.created_at};
  }
  static void evolve(State& s, const Priced& e) { s.cents = e.cents; }
  static void evolve(State&, const Joined&) {}
};

inline string shown(const es::MinedValue& value) {
  struct Show {
    string operator()(std::monostate) const { return "-"; }
    string operator()(bool flag) const { return flag ? "true" : "false"; }
    string operator()(int64_t number) const { return std::to_string(number); }
    string operator()(double number) const { return std::to_string(number); }
    string operator()(const string& text) const { return "'" + text + "'"; }
  };
  return std::visit(Show{}, value);
}

/// Keeps each call as a line: "order-1 order", "  10:00 cents=5", "  -> customer-a (customer_id)".
struct Seen final : es::ObjectLogSink {
  es::ObjectLogKinds kinds;
  std::vector<string> objects, events;
  std::size_t kind = 0;
  bool ended = false;

  static string of(const std::vector<es::MinedAttribute>& attributes, std::span<const es::AttributeValue> values) {
    string line;
    for (const auto& value : values) line += " " + attributes.at(value.attribute).name + "=" + shown(value.value);
    return line;
  }
  es::Result<void> begin(const es::ObjectLogKinds& all) override {
    kinds = all;
    return {};
  }
  es::Result<void> begin_object(std::string_view id, std::size_t its_kind) override {
    kind = its_kind;
    objects.push_back(string{id} + " " + kinds.objects.at(kind).name);
    return {};
  }
  es::Result<void> values(es::Timestamp time, std::span<const es::AttributeValue> values) override {
    objects.push_back("  " + time.to_string().substr(11, 8) + of(kinds.objects.at(kind).attributes, values));
    return {};
  }
  es::Result<void> end_object(std::span<const es::ObjectRelation> relations) override {
    for (const auto& relation : relations)
      objects.push_back("  -> " + relation.object + " (" + relation.qualifier + ")");
    return {};
  }
  es::Result<void> event(const es::MinedEvent& event) override {
    string line = event.id + " " + kinds.events.at(event.kind).name;
    for (const auto& relation : event.relations) line += " -> " + relation.object + " (" + relation.qualifier + ")";
    events.push_back(line);
    values_of_events.push_back(of(kinds.events.at(event.kind).attributes, event.values));
    return {};
  }
  es::Result<void> end() override {
    ended = true;
    return {};
  }
  /// The names and types of a kind's attributes: "cents:1".
  [[nodiscard]] static std::vector<string> attributes(const std::vector<es::MinedKind>& kinds, const string& name) {
    std::vector<string> found;
    for (const auto& kind : kinds)
      if (kind.name == name)
        for (const auto& each : kind.attributes)
          found.push_back(each.name + ":" + std::to_string(static_cast<int>(each.type)));
    return found;
  }
  std::vector<string> values_of_events;
};

struct Shop : recorded::Log {
  std::vector<es::AggregateType> types{es::aggregate<Order>()};

  Seen read(const es::LogPart& part = {}) {
    Seen seen;
    const auto counts = es::write_object_log(log, schemas, types, part, seen);
    if (!counts) FAIL(counts.error().message());
    CHECK(seen.ended);
    CHECK(counts->events == seen.events.size());
    return seen;
  }
  /// An event whose data is kept as JSON, of a type that no struct has.
  void raw(const string& stream, const string& type, const string& json) {
    record(stream, es::Schema::of(type, es::Type{es::Kind::record}), es::as_bytes(json), es::Codec::json);
  }
};

}  // namespace orders
