// What is wrong with a predicate, and where.
#include "history/shop.hpp"

namespace predicate_error_test {

using namespace shop;
using Catch::Contains, Catch::StartsWith;

namespace {

struct Wrong {
  string predicate;
  int column;
  string says;
};

}  // namespace

TEST_CASE("an error points at its column and says what to write", "[predicate]") {
  const std::vector<Wrong> all{
      {"", 1, "empty"},
      {"bog == 1", 1, "did you mean big?"},
      {"open and statuss == 1", 10, "there are open, small"},
      {"before.moood == 'calm'", 8, "did you mean mood?"},
      {"mood == 'hungry'", 9, "one of calm, angry"},
      {"'hungry' != mood", 1, "one of calm, angry"},
      {"mood in ['calm', 'x']", 18, "one of calm, angry"},
      {"mood < 'calm'", 1, "no order"},
      {"mood == 3", 9, "cannot be compared"},
      {"big == '3'", 8, "a text stands in quotes"},
      {"patience > 30", 12, "30min"},
      {"made_at < 'yesterday'", 11, "2026-01-27"},
      {"number == '12'", 11, "36 characters"},
      {"big", 1, "no condition"},
      {"open and big", 10, "no condition"},
      {"not name", 5, "no condition"},
      {"parts == 1", 1, "any()"},
      {"parts.name == 'x'", 7, "parts[0]"},
      {"by_name[0].weight == 1", 9, "by_name[\"key\"]"},
      {"marks[0] == 'a'", 7, "a set"},
      {"big.x == 1", 5, "has no fields"},
      {"parts[0].wait == 1", 10, "parts[0] has no field wait"},
      {"payment.cent == 1", 9, "did you mean cents?"},
      {"blob == 'x'", 1, "size()"},
      {"event.typ == 'x'", 7, "did you mean type?"},
      {"event == 'x'", 1, "event.type"},
      {"before == 'x'", 1, "before.open"},
      {"version == 1", 1, "event.version"},
      {"it == 1", 1, "within any()"},
      {"any(big, it == 1)", 5, "no elements"},
      {"any(parts)", 10, "a comma"},
      {"some(parts, it)", 1, "there is no some()"},
      {"size(big) == 1", 6, "no size"},
      {"size(parts) == 'x'", 16, "cannot be compared"},
      {"big = 1", 5, "=="},
      {"open && open", 6, "write and"},
      {"open || open", 6, "write or"},
      {"!open", 1, "write not"},
      {"open open", 6, "expected"},
      {"(open", 6, "expected"},
      {"open)", 5, "expected"},
      {"big < 1 < 2", 9, "two values"},
      {"name == 'x", 9, "closing quote"},
      {"name == \"\\x\"", 9, "no JSON string"},
      {"patience > 3m", 13, "ns us ms s min h d"},
      {"patience > 1.5h", 15, "whole numbers"},
      {"patience > 99999999999999999999999999999999999999d", 12, "too long"},
      {"big == 999999999999999999999999999999999999999", 8, "38 digits"},
      {"ratio == 1.0e999", 10, "64 bits"},
      {"made_at + made_at > 1d", 9, "no such sum"},
      {"name + 1 == 2", 6, "no such sum"},
      {"'x' + 1d == made_at", 1, "no time"},
      {"open == -open", 10, "a number or a duration"},
      {"big == #", 8, "no meaning"},
      {"big == and", 8, "a path or a value"},
      {"exists 3", 8, "a path"},
      {"parts['x'] == 1", 7, "parts[0]"},
      {"parts[x] == 1", 7, "a place"},
      {"parts[1.5] == 1", 7, "a place"},
      {"parts[99999999999999999999] == 1", 7, "a place"},
      {"event. == 1", 8, "a name"},
      {"big starts_with 'x'", 1, "not a text"},
      {"open contains 'x'", 1, "contains nothing"},
      {"tags contains 3", 15, "cannot be compared"},
      {"name == 'Zoë' and bog == 1", 19, "did you mean big?"},
      {"event.type == 'FactsKpt'", 15, "shop has no event FactsKpt: did you mean FactsKept?"},
      {"'Nothing' != previous.type", 1, "there are FactsKept, FactsTouched"},
      {"event.type in ['FactsKept', 'FactsTuched']", 29, "did you mean FactsTouched?"},
      {"event.type == ''", 15, "shop has no event"},
      {"event.type == FactsKept", 15, "a text stands in quotes, \"FactsKept\""},
      {"maybe == null", 10, "write not exists maybe"},
      {"parts[0].mood != null", 18, "write exists parts[0].mood"},
      {"null == maybe", 1, "write exists, or not exists"},
      {"maybe in [1, null]", 14, "write exists, or not exists"},
      {"created_at > '2026-01-27'", 1, "did you mean event.created_at?"},
      {"mood == angry", 9, "a text stands in quotes, \"angry\""},
      {"mood in [calm, 'angry']", 10, "a text stands in quotes, \"calm\""},
      {"name == Zoe", 9, "a text stands in quotes, \"Zoe\""},
      {"tags contains new", 15, "a text stands in quotes, \"new\""},
      {"event.data.facts.name == Zoe", 26, "a text stands in quotes, \"Zoe\""},
      {"name == nam", 9, "did you mean name?"},
      {"big == Zoe", 8, "there are open"},
      {"event.created_at > 2026-01-02", 20, "a time stands in quotes, \"2026-01-02\""},
      {"made_at < 2026-01-02T10:30:00+01:00 and open", 11, "\"2026-01-02T10:30:00+01:00\""},
      {"made_at > 2026", 11, "a time stands in quotes"},
      {"by_name.019b77fa-5c1e.weight == 1", 9, "write by_name[\"019b77fa-5c1e\"]"},
      {"by_name.7 == 1", 9, "write by_name[\"7\"]"},
      {"after.by_name.f19b-7c1e-2 == 1", 20, "write after.by_name[\"f19b-7c1e-2\"]"},
      {"by_name.m-1 == 1", 10, "write by_name[\"m-1\"]"},
      {"by_name.abc-xyz == 1", 13, "write by_name[\"abc-xyz\"]"},
  };
  for (const auto& [predicate, column, says] : all) {
    INFO(predicate);
    const auto error = error_of(predicate);
    CHECK_THAT(error, StartsWith("predicate, column " + std::to_string(column) + ": "));
    CHECK_THAT(error, Contains(says));
    CHECK(error.find('\n') == string::npos);
  }
}

TEST_CASE("an error shows the place in a long predicate and nothing that steers a terminal", "[predicate]") {
  const auto error = error_of(string(100, ' ') + "\x1b[31m" + string(100, 'x'));
  CHECK_THAT(error, StartsWith("predicate, column 101: "));
  CHECK(error.size() < 300);
  CHECK(error.find('\x1b') == string::npos);
  for (const string hostile : {"\\u001b[31m", "\\n\\n"}) {
    const auto quoted = error_of("mood == \"" + hostile + string(5'000, 'x') + "\"");
    CHECK(quoted.find_first_of("\x1b\n") == string::npos);
    CHECK(quoted.size() < 700);
  }
  CHECK_THAT(error_of("big == \xff"), Contains("UTF-8"));
  CHECK_THAT(error_of(string(70'000, ' ')), Contains("64 KiB"));
}

TEST_CASE("nesting is bounded and length is not nesting", "[predicate]") {
  const auto nested = [](int depth) {
    return string(static_cast<std::size_t>(depth), '(') + "open" + string(static_cast<std::size_t>(depth), ')');
  };
  CHECK(es::Predicate::parse(nested(60), type()));
  CHECK_THAT(error_of(nested(65)), Contains("64 deep"));
  CHECK_THAT(error_of(string(60'000, '(')), Contains("64 deep"));
  string calls;
  for (int i = 0; i < 70; ++i) calls += "any(parts, ";
  CHECK_THAT(error_of(calls), Contains("3 deep"));
  string nots;
  string ors = "open";
  string sums = "big";
  for (int i = 0; i < 5'000; ++i) {
    nots += "not ";
    ors += " or open";
    sums += " + big";
  }
  Counter counter;
  counter.record("shop-1", Kept{facts()});
  CHECK(counter.holds(nots + "open"));
  CHECK(counter.holds(ors));
  CHECK(counter.holds(sums + " > 0"));
}

TEST_CASE("the name of an event is one of the code or one that the log has", "[predicate]") {
  Log log;
  const auto parse = [&](const string& text) { return es::Predicate::parse(text, type(), &log.log); };
  const string asked = "event.type == 'FactsDropped' and previous.type in ['FactsKept', 'FactsTouched']";
  CHECK_FALSE(parse(asked));
  log.record("shop-1", Kept{facts()});
  log.record("stand-1", es::Schema::of("FactsDropped", es::Type{es::Kind::record}), {}, es::Codec::binary);
  CHECK_FALSE(parse(asked));
  log.record("kiosk-1", es::Schema::of("FactsDropped", es::Type{es::Kind::record}), {}, es::Codec::binary);
  CHECK(parse(asked));
  CHECK_FALSE(parse("event.type == ''"));
  auto lenient = type();
  lenient.unknown_events = es::UnknownEvents::pass_over;
  CHECK(es::Predicate::parse("event.type == 'Whatever'", lenient));
}

TEST_CASE("what looks like a mistake in other places is a predicate", "[predicate]") {
  for (const string text : {"big == 2026 - 01 - 02", "big > 1234-56", "size(parts)-1 == 1",
                            "event.type starts_with 'Fa'", "event.type < 'G'", "big-small == 0"}) {
    INFO(text);
    CHECK(es::Predicate::parse(text, type()));
  }
}

TEST_CASE("a field that is called like a word of the language stands behind after", "[predicate]") {
  Counter counter;
  counter.record("shop-1", Kept{facts()});
  CHECK(counter.holds("after.open and event.data.facts.open"));
  CHECK_THAT(error_of("after.exists == 1"), Contains("no field exists"));
  CHECK_THAT(error_of("exists == 1"), Contains("a path behind exists"));
}

}  // namespace predicate_error_test
