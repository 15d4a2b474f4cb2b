// The language of predicates: the same answers from a state, from stored bytes and from JSON.
#include <eventstore/schema/json_codec.hpp>

#include "history/shop.hpp"

namespace predicate_test {

using namespace shop;

namespace {

// The answers where @ stands for the place of the facts.
struct Asked {
  string predicate;
  bool answer;
};

const std::vector<Asked>& of_all_sources() {
  static const std::vector<Asked> all{
      {"@open", true},
      {"not @open", false},
      {"@open == true and @open != false", true},
      {"@small == -8", true},
      {"@small < -7.5 and @small > -8.5", true},
      {"@big == 9007199254740993", true},
      {"@big == 9007199254740992", false},
      {"@big > 9007199254740992.0", true},
      {"@large == 18446744073709551615", true},
      {"@large < 18446744073709551616", true},
      {"@large < 99999999999999999999999999999999999999", true},
      {"@large - 1 == 18446744073709551614", true},
      {"@ratio == 0.5 and @ratio < 1 and @ratio > 0", true},
      {"@ratio + @ratio == 1", true},
      {"@narrow == 1.5", true},
      {"@ratio < 1e3 and @ratio > 1e-3", true},
      {"@name == \"Zo\\u00eb's\"", true},
      {"@name == 'Zoë\\u0027s'", false},
      {"@name starts_with \"Zo\" and @name ends_with \"'s\" and @name contains 'ë'", true},
      {"size(@name) == 5", true},
      {"@name in ['x', \"Zoë's\"]", true},
      {"@name > 'A' and @name < 'a'", true},
      {"@mood == \"angry\"", true},
      {"@mood != \"angry\"", false},
      {"exists @maybe", false},
      {"@maybe == 1 or @maybe != 1 or @maybe < 1 or @maybe >= 1", false},
      {"not (@maybe == 1)", true},
      {"@made_at == \"2026-01-27T10:30:00Z\"", true},
      {"@made_at == \"2026-01-27T11:30:00+01:00\"", true},
      {"@made_at >= \"2026-01-27\" and @made_at < \"2026-01-28\"", true},
      {"@made_at + 1h > \"2026-01-27T11:00:00Z\"", true},
      {"\"2026-01-28\" - @made_at == 13h30min", true},
      {"@number == \"3f1d5c0e-8a41-5b6e-9c27-d46012eb77a3\"", true},
      {"@extra.deep[0].n == 1 and @extra.deep[-1].n == 2.5", true},
      {"@extra[\"wide\"] == 123456789012345678901234567890", true},
      {"@extra.wide > 123456789012345678901234567889", true},
      {"exists @extra.none", false},
      {"exists @extra.no.such.path", false},
      {"@extra.t == \"2026-01-27T00:00:00Z\"", true},
      {"@extra.t < @made_at", true},
      {"any(@extra.deep, it.n > 2) and not all(@extra.deep, it.n > 2)", true},
      {"any(@extra, key == 'deep' and size(it) == 2)", true},
      {"size(@extra) == 4 and size(@extra.deep) == 2", true},
      {"@extra contains 'none' and @extra contains 'wide'", true},
      {"@extra.deep == 1 or @extra.deep != 1", false},
      {"@parts[0].name == \"wheel\" and @parts[-1].name == \"bell\"", true},
      {"exists @parts[2] or exists @parts[-3]", false},
      {"@parts[0].mood == \"calm\" and not exists @parts[1].mood", true},
      {"any(@parts, it.weight > 3)", true},
      {"all(@parts, it.weight > 3)", false},
      {"all(@parts, any(@tags, it == \"red\"))", true},
      {"any(@parts, it.name == 'wheel' and any(@tags, it starts_with 'n') and it.weight == 4)", true},
      {"size(@parts) == 2", true},
      {"@tags contains \"red\" and not (@tags contains \"blue\")", true},
      {"@tags[1] == \"red\"", true},
      {"@by_name[\"k.1\"].weight == 7", true},
      {"@by_name.seat.mood == \"angry\"", true},
      {"exists @by_name[\"none\"] or exists @by_name.none.weight", false},
      {"any(@by_name, key == \"seat\" and it.weight == 2)", true},
      {"all(@by_name, size(key) > 2)", true},
      {"@by_name contains 'k.1'", true},
      {"@marks contains 'b' and size(@marks) == 2 and all(@marks, it < 'c')", true},
      {"@pair[0] + @pair[1] == 8 and size(@pair) == 2", true},
      {"@payment.kind == 'Cash' and @payment.cents == 250", true},
      {"exists @payment.number", false},
      {"@city == 'Oslo'", true},
      {"@flags[0] or not @flags[1]", false},
      {"any(@flags, it)", true},
      {"((@open)) == (1 == 1)", true},
      {"not not @open", true},
      {"@open or @open and not @open", true},
  };
  return all;
}

string at(string predicate, const string& place) {
  for (auto found = predicate.find('@'); found != string::npos; found = predicate.find('@', found + place.size()))
    predicate.replace(found, 1, place);
  return predicate;
}

string json_of(const Kept& event) {
  string json;
  REQUIRE(es::bytes_to_json(es::schema_of<Kept>().type, es::encode(event), json));
  return json;
}

}  // namespace

TEST_CASE("a predicate has the same answer from a state and from stored bytes", "[predicate]") {
  Counter counter;
  counter.record("shop-1", Kept{facts()});
  for (const auto& [predicate, answer] : of_all_sources())
    for (const string place : {"", "after.", "event.data.facts."}) {
      const auto asked = at(predicate, place);
      INFO(asked);
      CHECK(counter.holds(asked) == answer);
    }
}

TEST_CASE("a predicate has the same answer from JSON", "[predicate]") {
  Counter counter;
  const auto json = json_of(Kept{facts()});
  counter.record("shop-1", es::schema_of<Kept>(), es::as_bytes(json), es::Codec::json);
  for (const auto& [predicate, answer] : of_all_sources()) {
    const auto asked = at(predicate, "event.data.facts.");
    INFO(asked);
    if (predicate.find("payment.kind") == string::npos) CHECK(counter.holds(asked) == answer);
  }
}

TEST_CASE("durations have units that JSON does not say", "[predicate]") {
  Counter counter;
  counter.record("shop-1", Kept{facts()});
  CHECK(counter.holds("patience == 1h30min and patience < 1d and patience > 89min59s and patience + 30min == 2h"));
  CHECK(counter.holds("event.data.facts.patience == 90min"));
  CHECK(counter.holds("patience == 5400000ms and patience == 5400000000us and patience >= 5400000000000ns"));
  CHECK(counter.holds("patience > -90min and -1h - 30min == -90min"));
}

TEST_CASE("before is the state before the event and missing before the first", "[predicate]") {
  Counter counter;
  counter.record("shop-1", Kept{facts()});
  CHECK(counter.holds("not exists before and not exists before.big and exists after"));
  CHECK_FALSE(counter.holds("before.open"));
  counter.record("shop-1", Touched{2});
  CHECK(counter.holds("exists before and after.big - before.big == 2 and big == before.big + event.data.times"));
  CHECK(counter.holds("event.type == 'FactsTouched' and previous.type == 'FactsKept'"));
  CHECK(counter.holds("previous.data.facts.mood == 'angry' and not exists event.data.facts"));
}

TEST_CASE("an event is asked for what the log knows of it", "[predicate]") {
  Counter counter;
  counter.record("shop-1", Touched{1});
  CHECK(counter.holds("event.version == 1 and event.position == 1 and event.organization_id == 'default'"));
  CHECK(
      counter.holds("not exists event.user_id and not exists event.correlation_id and not exists event.causation_id"));
  CHECK(counter.holds("exists event and not exists previous and not exists previous.version"));
  counter.clock.set(counter.clock.now().plus_seconds(-60));
  counter.record("shop-1", Touched{1});
  CHECK(counter.holds("event.created_at < previous.created_at"));
  CHECK(counter.holds("previous.created_at - event.created_at == 1min"));
  CHECK(counter.holds("event.recorded_at >= previous.recorded_at and event.id != previous.id"));
  CHECK(counter.holds("previous.version + 1 == event.version"));
}

TEST_CASE("an event of a type that nobody knows makes no state", "[predicate]") {
  Counter counter;
  counter.record("shop-1", es::Schema::of("FactsLost", es::Type{es::Kind::record}), {}, es::Codec::binary);
  CHECK_FALSE(counter.holds("exists after"));
  CHECK(counter.holds("event.type == 'FactsLost'"));
}

TEST_CASE("NaN is equal to nothing", "[predicate]") {
  Counter counter;
  auto odd = facts();
  odd.ratio = std::numeric_limits<double>::quiet_NaN();
  counter.record("shop-1", Kept{odd});
  CHECK_FALSE(counter.holds("ratio == ratio or ratio < 1 or ratio >= 1 or ratio == big or big > ratio"));
  CHECK(counter.holds("ratio != ratio and exists ratio"));
}

TEST_CASE("a sum that 128 bits cannot hold is missing", "[predicate]") {
  Counter counter;
  counter.record("shop-1", Kept{facts()});
  const string most = "99999999999999999999999999999999999999";
  CHECK_FALSE(counter.holds(most + " + " + most + " > 0"));
  CHECK_FALSE(counter.holds(most + " + " + most + " <= 0"));
  CHECK(counter.holds("big + " + most + " > " + most));
}

TEST_CASE("free data that is no JSON has no members", "[predicate]") {
  Counter counter;
  auto odd = facts();
  odd.extra.text = "{\"a\":";
  counter.record("shop-1", Kept{odd});
  CHECK_FALSE(counter.holds("exists extra or exists extra.a or exists event.data.facts.extra.a"));
  counter.record("shop-1", Kept{});
  CHECK_FALSE(counter.holds("exists extra"));
}

}  // namespace predicate_test
