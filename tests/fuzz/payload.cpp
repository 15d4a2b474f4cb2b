// libFuzzer: any bytes as an event's payload. Every way to read them comes to the same answer, and none past their end.
// The first byte chooses between the struct's own schema and an older one.
#include <eventstore/schema/check.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/field_plan.hpp>

#include <cstdlib>

#include "schema/samples.hpp"

namespace {

using namespace eventstore;

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
  if (decoded && !shown) std::abort();
  if (!decoded) return;
  // By bytes, because a NaN is not equal to itself.
  const auto again = decode<samples::Everything>(encode(object));
  if (!again || encode(*again) != encode(object)) std::abort();
}

void read_by_plan(BytesView bytes) {
  static const auto plan = ResolutionPlan::make(schema_of<Older>().type, schema_of<Newer>().type);
  if (!plan) std::abort();
  Bytes scratch;
  const auto planned = plan->run(bytes, scratch);
  // What is a value of the old struct is one of the new, and straight into the struct comes to the same.
  if (!decode<Older>(bytes)) return;
  if (!planned) std::abort();
  const auto newer = decode<Newer>(*planned);
  static const auto fields = FieldPlan::make(schema_of<Older>().type, schema_of<Newer>().type);
  Newer loaded{};
  BytesIn in{bytes};
  fields->load(in, &loaded, members_of<Newer>(), scratch);
  if (!newer || in.remaining() != 0 || encode(loaded) != encode(*newer)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const BytesView bytes{reinterpret_cast<const std::byte*>(data) + 1, size - 1};
  if (data[0] % 2 == 0)
    read_as_they_are(bytes);
  else
    read_by_plan(bytes);
  return 0;
}
