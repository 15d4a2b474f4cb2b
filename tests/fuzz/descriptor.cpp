// Any text as a schema's descriptor, a second one, and any bytes as a payload, a line each. A descriptor that parses is
// written back, compared and planned; a payload is read by the first, and rearranged for the second. Every way to read
// it must come to the same answer.
#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/detail/check.hpp>
#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/detail/field_plan.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/schema.hpp>
#include "../../src/schema/scrub.hpp"

#include "fuzz_one.hpp"

namespace eventstore::fuzz {
namespace {

// The next line of `rest`, which it takes.
std::string_view take_line(std::string_view& rest) {
  const auto line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  return line;
}

bool is_value(const Type& type, BytesView bytes) {
  BytesReader reader{bytes};
  (void)reader.value(type);
  return reader.done();
}

std::optional<Schema> read_descriptor(std::string_view text) {
  auto schema = Schema::parse(text);
  if (!schema) {
    must(schema.error().code == Errc::corrupt_record);
    return std::nullopt;
  }
  const auto again = Schema::parse(schema->descriptor);
  must(again && again->descriptor == schema->descriptor && again->id == schema->id);
  FirstBreak problem{};
  must(resolves(schema->record_text(), annotated_text(schema->type), problem));
  (void)describe_differences(schema->record_text(), "{a=:text,b~c:[{d:int64}]?,e:map<enum(x|y)>}");
  return std::move(*schema);
}

void read_payload(const Schema& stored, const Schema& wanted, BytesView bytes) {
  std::string json;
  const bool shown = bytes_to_json(stored.type, bytes, json).has_value();
  const bool whole = is_value(stored.type, bytes);
  (void)check_value(stored.type, bytes);
  if (const auto scrubbed = scrub(stored.type, bytes)) {
    must(is_value(stored.type, *scrubbed) && bytes_to_json(stored.type, *scrubbed, json).has_value());
    must(check_value(stored.type, *scrubbed).has_value());
  }
  Bytes scratch;
  const auto itself = ResolutionPlan::make(stored.type, stored.type);
  must(itself.has_value());
  const auto same = itself->run(bytes, scratch);
  if (shown || whole) must(same.has_value());
  if (same) must(std::equal(same->begin(), same->end(), bytes.begin(), bytes.end()));

  (void)describe_differences(stored.record_text(), annotated_text(wanted.type));
  FirstBreak problem{};
  const bool can = resolves(stored.record_text(), annotated_text(wanted.type), problem);
  must(ResolutionPlan::make(stored.type, wanted.type).has_value() == can);
  const auto plan = ResolutionPlan::make_by_value(stored.type, wanted.type);
  must(plan.has_value() == (can || problem.by_value));
  must(FieldPlan::make(stored.type, wanted.type).has_value() == plan.has_value());
  if (!plan) return;
  const auto planned = plan->run(bytes, scratch);
  if (whole) must(planned && is_value(wanted.type, *planned));
}

}  // namespace

void fuzz_one(BytesView bytes) {
  auto rest = as_text(bytes);
  const auto stored = read_descriptor(take_line(rest));
  const auto wanted = read_descriptor(take_line(rest));
  if (stored) read_payload(*stored, wanted ? *wanted : *stored, as_bytes(rest));
}

}  // namespace eventstore::fuzz
