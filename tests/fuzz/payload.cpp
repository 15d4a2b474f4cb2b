// Any bytes as an event's payload. Every way to read them comes to the same answer, and none past their end.
// The first byte chooses between the struct's own schema and an older one.
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/check.hpp>
#include <eventstore/schema/detail/field_plan.hpp>

#include "fuzz_one.hpp"
#include "schema/samples.hpp"

namespace eventstore::fuzz {
namespace {

struct Older {
  EVENTSTORE_EVENT(Older, "EverythingHappened", (samples::Items, items), (std::int16_t, i32), (float, f64),
                   (samples::ItemsByKey, by_key), (std::optional<samples::Size>, size), (std::string, text));
};
struct Newer {
  EVENTSTORE_EVENT(Newer, "EverythingHappened", (std::optional<std::string>, text), (double, f64), (std::int32_t, i32),
                   (samples::ItemsByKey, by_key), (std::optional<samples::Size>, size), (bool, added, true),
                   (samples::Items, items));
};

void read_as_they_are(BytesView bytes) {
  const auto& schema = schema_of<samples::Everything>();
  samples::Everything object{};
  std::string json;
  const bool decoded = decode_into(bytes, object).has_value();
  const bool shown = bytes_to_json(schema.type, bytes, json).has_value();
  (void)check_value(schema.type, bytes);
  if (decoded) must(shown);
  if (!decoded) return;
  // By bytes, because a NaN is not equal to itself.
  const auto again = decode<samples::Everything>(encode(object));
  must(again && encode(*again) == encode(object));
}

void read_by_plan(BytesView bytes) {
  static const auto plan = ResolutionPlan::make(schema_of<Older>().type, schema_of<Newer>().type);
  must(plan.has_value());
  Bytes scratch;
  const auto planned = plan->run(bytes, scratch);
  // What is a value of the old struct is one of the new, and straight into the struct comes to the same.
  if (!decode<Older>(bytes)) return;
  must(planned.has_value());
  const auto newer = decode<Newer>(*planned);
  static const auto fields = FieldPlan::make(schema_of<Older>().type, schema_of<Newer>().type);
  Newer loaded{};
  BytesIn in{bytes};
  fields->load(in, &loaded, members_of<Newer>(), scratch);
  must(newer && in.remaining() == 0 && encode(loaded) == encode(*newer));
}

}  // namespace

void fuzz_one(BytesView bytes) {
  if (bytes.empty()) return;
  if (std::to_integer<int>(bytes.front()) % 2 == 0)
    read_as_they_are(bytes.subspan(1));
  else
    read_by_plan(bytes.subspan(1));
}

}  // namespace eventstore::fuzz
