#pragma once
// An aggregate whose state has a field of every kind, and which takes the state of its last event: so that a predicate
// can be asked of a state in memory, of stored bytes and of JSON.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/list.hpp>

namespace shop {

namespace es = eventstore;
using std::int64_t, std::string, std::uint64_t;

EVENTSTORE_ENUM(Mood, calm, angry);

struct Part {
  EVENTSTORE_FIELDS(Part, (string, name), (int64_t, weight), (std::optional<Mood>, mood));
};
struct Card {
  EVENTSTORE_FIELDS(Card, (string, number));
};
struct Cash {
  EVENTSTORE_FIELDS(Cash, (int64_t, cents));
};
struct Address {
  EVENTSTORE_FIELDS(Address, (string, street), (string, city));
};
using Payment = std::variant<Card, Cash>;
using Pair = std::array<int64_t, 2>;

struct Facts {
  EVENTSTORE_FIELDS(Facts, (bool, open), (std::int8_t, small), (std::int64_t, big), (uint64_t, large), (double, ratio),
                    (float, narrow), (string, name), (Mood, mood), (std::optional<int64_t>, maybe),
                    (es::Timestamp, made_at), (std::chrono::minutes, patience), (es::Uuid, number), (es::Json, extra),
                    (es::Bytes, blob), (std::vector<Part>, parts), (es::List<string>, tags), (es::Map<Part>, by_name),
                    (std::set<string>, marks), (Pair, pair), (Payment, payment), (Address, address, , es::flattened),
                    (es::List<bool>, flags));
};

struct Kept {
  EVENTSTORE_EVENT(Kept, "FactsKept", (Facts, facts));
};
struct Touched {
  EVENTSTORE_EVENT(Touched, "FactsTouched", (int64_t, times));
};

struct Shop {
  static constexpr auto category = "shop";
  static constexpr auto was = es::was("kiosk");
  using events = es::Events<Kept, Touched>;
  using State = Facts;
  static void evolve(State& s, const Kept& e) { s = e.facts; }
  static void evolve(State& s, const Touched& e) { s.big += e.times; }
};

inline Facts facts() {
  Facts f{};
  f.open = true;
  f.small = -8;
  f.big = 9'007'199'254'740'993;  // no double is as exact
  f.large = 18'446'744'073'709'551'615U;
  f.ratio = 0.5;
  f.narrow = 1.5F;
  f.name = "Zoë's";
  f.mood = Mood::angry;
  f.made_at = *es::Timestamp::parse("2026-01-27T10:30:00Z");
  f.patience = std::chrono::minutes{90};
  f.number = *es::Uuid::parse("3f1d5c0e-8a41-5b6e-9c27-d46012eb77a3");
  f.extra.text = R"({"deep":[{"n":1},{"n":2.5}],"none":null,"wide":123456789012345678901234567890,"t":"2026-01-27"})";
  f.blob = es::Bytes(3);
  f.parts = {{"wheel", 4, Mood::calm}, {"bell", 1, {}}};
  f.tags = {"new", "red"};
  f.by_name["k.1"] = {"axle", 7, {}};
  f.by_name["seat"] = {"seat", 2, Mood::angry};
  f.marks = {"a", "b"};
  f.pair = {3, 5};
  f.payment = Cash{250};
  f.address = {"Main", "Oslo"};
  f.flags = {false, true};
  return f;
}

inline const es::AggregateType& type() {
  static const auto made = es::aggregate<Shop>("the code as it is");
  return made;
}

}  // namespace shop
