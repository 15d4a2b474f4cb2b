// As fields, Map and List are what std::map and std::vector are: in bytes, JSON and schemas.
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/describe_text.hpp>
#include <eventstore/schema/detail/field_plan.hpp>
#include <eventstore/schema/schema.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <vector>

namespace container_codec_test {

using namespace eventstore;
using std::string;

namespace {

struct Step {
  EVENTSTORE_FIELDS(Step, (string, what), (std::optional<std::int64_t>, when));
};

namespace flat {
using Steps = std::vector<Step>;
using StepsByName = std::map<string, Steps>;
using Counts = std::map<string, std::int64_t>;
struct Journey {
  EVENTSTORE_FIELDS(Journey, (Steps, steps), (StepsByName, by_name), (Counts, counts), (std::optional<Steps>, more),
                    (std::vector<string>, words, {"none"}));
};
}  // namespace flat

namespace shared {
struct Journey {
  EVENTSTORE_FIELDS(Journey, (List<Step>, steps), (Map<List<Step>>, by_name), (Map<std::int64_t>, counts),
                    (std::optional<List<Step>>, more), (List<string>, words, {"none"}));
};
}  // namespace shared

// The journey as it might be some years later.
namespace later {
Map<double> first_totals() { return {{"all", 1}}; }
struct Journey {
  EVENTSTORE_FIELDS(Journey, (Map<double>, totals, first_totals()), (List<Step>, steps), (Map<std::int64_t>, counts),
                    (Map<List<Step>>, by_name));
};
struct Wide {
  EVENTSTORE_FIELDS(Wide, (List<std::int64_t>, numbers), (Map<std::int64_t>, counts));
};
}  // namespace later
namespace earlier {
using Counts = std::map<string, std::int8_t>;
struct Wide {
  EVENTSTORE_FIELDS(Wide, (Counts, counts), (string, gone), (std::vector<std::int16_t>, numbers));
};
}  // namespace earlier

flat::Journey example(std::size_t size) {
  flat::Journey made{};
  for (std::size_t i = 0; i < size; ++i) {
    const auto name = std::to_string(i);
    made.steps.push_back({"step " + name, i % 2 == 0 ? std::nullopt : std::optional<std::int64_t>{1}});
    made.counts[name] = static_cast<std::int64_t>(i);
    if (i % 10 == 0) made.by_name[name] = made.steps;
  }
  if (size > 0) made.more = made.steps;
  return made;
}

template <class To, class From> To converted(const From& stored) {
  const auto plan = FieldPlan::make(schema_of<From>().type, schema_of<To>().type);
  if (!plan) FAIL(plan.error().message());
  const auto bytes = encode(stored);
  BytesIn in{bytes};
  To made{};
  Bytes scratch;
  plan->load(in, &made, members_of<To>(), scratch);
  CHECK(in.remaining() == 0);
  return made;
}

struct OneMap {
  EVENTSTORE_FIELDS(OneMap, (Map<std::int64_t>, map));
};
struct OneFlatMap {
  EVENTSTORE_FIELDS(OneFlatMap, (flat::Counts, map));
};

}  // namespace

TEST_CASE("a struct has one schema with either kind of containers", "[containers][codec]") {
  CHECK(schema_of<flat::Journey>().id == schema_of<shared::Journey>().id);
  CHECK(schema_of<flat::Journey>().descriptor == schema_of<shared::Journey>().descriptor);
  CHECK(type_text<flat::Journey> == type_text<shared::Journey>);
  CHECK(annotated_type_text<flat::Journey> == annotated_type_text<shared::Journey>);
}

TEST_CASE("what one kind of containers wrote is read by the other", "[containers][codec]") {
  for (const std::size_t size : {0U, 1U, 7U, 100U}) {
    const auto before = example(size);
    const auto bytes = encode(before);
    const auto read = decode<shared::Journey>(bytes);
    REQUIRE(read);
    CHECK(encode(*read) == bytes);
    CHECK(to_json(*read) == to_json(before));
    CHECK(from_json<shared::Journey>(to_json(before)) == *read);
    CHECK(decode<flat::Journey>(encode(*read)) == before);
    CHECK(converted<shared::Journey>(before) == *read);
  }
}

TEST_CASE("an object that is decoded into again keeps nothing of what it had", "[containers][codec]") {
  auto object = *decode<shared::Journey>(encode(example(50)));
  const auto held = object;
  REQUIRE(decode_into(encode(example(3)), object));
  CHECK(object == *decode<shared::Journey>(encode(example(3))));
  CHECK(held == *decode<shared::Journey>(encode(example(50))));
}

TEST_CASE("containers are read through plans where fields moved and widened", "[containers][codec]") {
  const auto stored = example(20);
  const auto journey = converted<later::Journey>(stored);
  CHECK(journey.totals == Map<double>{{"all", 1}});
  CHECK(journey.counts.size() == 20);
  CHECK(journey.steps == List<Step>(stored.steps.begin(), stored.steps.end()));
  const auto wide = converted<later::Wide>(earlier::Wide{{{"a", std::int8_t{-1}}}, "gone", {1, -2}});
  CHECK(wide.numbers == List<std::int64_t>{1, -2});
  CHECK(wide.counts == Map<std::int64_t>{{"a", -1}});
}

TEST_CASE("stored keys that are out of order or doubled are read as a standard map reads them", "[containers][codec]") {
  Bytes bytes;
  BytesOut out{bytes};
  out(std::uint32_t{5});
  std::int64_t value = 0;
  for (const auto* const key : {"m", "b", "m", "z", "a"}) out(string{key}, ++value);
  const auto flat = decode<OneFlatMap>(bytes);
  const auto shared = decode<OneMap>(bytes);
  REQUIRE(flat);
  REQUIRE(shared);
  CHECK(encode(*flat) == encode(*shared));
  CHECK(shared->map.at("m") == 3);
}

TEST_CASE("a count that the bytes cannot back is refused", "[containers][codec]") {
  for (const auto count : {1U, 1'000U, 4'000'000'000U}) {
    Bytes bytes;
    BytesOut{bytes}(std::uint32_t{count});
    CHECK(decode<OneMap>(bytes).error().code == Errc::corrupt_record);
    const auto journey = decode<shared::Journey>(bytes);
    REQUIRE_FALSE(journey);
    CHECK(journey.error().code == Errc::corrupt_record);
  }
}

}  // namespace container_codec_test
