#include <eventstore/schema/detail/canonical_data.hpp>
#include <eventstore/schema/detail/same_data.hpp>

#include <eventstore/schema/detail/resolution_plan.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// Free data may be the same with other text.
bool is_same_value(const Type& type, BytesView one, BytesView other) {
  if (std::ranges::equal(one, other)) return true;
  std::string text;
  std::string other_text;
  write_canonical_data(type, one, text);
  write_canonical_data(type, other, other_text);
  return text == other_text;
}

// Whether `json` is the value of `type` that `bytes` are.
bool is_value_of(const Type& type, BytesView json, BytesView bytes) {
  const auto read = json_to_bytes(type, as_text(json), stored_json);
  return read && is_same_value(type, *read, bytes);
}

// Whether `from` resolves to `to`; absent where the types do not allow it, or `from` is not of its type.
std::optional<bool> resolves_to(const Type& from_type, BytesView from, const Type& to_type, BytesView to) {
  const auto plan = ResolutionPlan::make(from_type, to_type);
  if (!plan) return std::nullopt;
  Bytes scratch;
  const auto resolved = plan->run(from, scratch);
  if (!resolved) return std::nullopt;
  return is_same_value(to_type, *resolved, to);
}

}  // namespace

Result<bool> has_same_data(const NewEvent& given, const Schema* schema, const RecordedEvent& stored,
                           BytesView stored_schema) {
  if (given.schema == stored.schema && given.codec == stored.codec)
    return schema == nullptr ? std::ranges::equal(given.data, stored.data)
                             : is_same_value(schema->type, given.data, stored.data);
  if (stored.codec == Codec::json) return schema != nullptr && is_value_of(schema->type, stored.data, given.data);
  EVENTSTORE_TRY_ASSIGN(const Schema old, Schema::parse(as_text(stored_schema)));
  if (schema == nullptr) return is_value_of(old.type, given.data, stored.data);
  if (const auto same = resolves_to(old.type, stored.data, schema->type, given.data)) return *same;
  return resolves_to(schema->type, given.data, old.type, stored.data).value_or(false);
}

}  // namespace v1
}  // namespace eventstore
