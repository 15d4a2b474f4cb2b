#include "data_matcher.hpp"

#include <eventstore/schema/detail/bytes_reader.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <algorithm>

#include "located_data.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> damaged(const RecordedEvent& event) {
  return failure(Error{Errc::corrupt_record, "read " + std::string{event.type}, std::string{event.stream},
                       "the data does not fit the schema under which it is stored: run verify", event.position});
}

bool is_secret(const Type& type) {
  return type.kind == Kind::secret_text || (type.kind == Kind::optional && is_secret(type.element()));
}

std::string where(const DataCondition& condition) {
  std::string text = "--where ";
  for (const auto& step : condition.path) {
    if (const auto* const name = std::get_if<std::string>(&step))
      text += (text.ends_with(' ') ? "" : ".") + *name;
    else
      text += "[" + std::to_string(std::get<std::size_t>(step)) + "]";
  }
  return text;
}

bool is_text(Kind kind) { return kind == Kind::text || kind == Kind::enumeration; }

}  // namespace

Result<const Schema*> DataMatcher::schema_of(const RecordedEvent& event) {
  const auto known = known_.find(event.schema);
  if (known != known_.end()) return known->second;
  EVENTSTORE_TRY_ASSIGN(const Schema* schema, schemas_.find(event.schema));
  known_.emplace(event.schema, schema);
  return schema;
}

Result<bool> DataMatcher::matches(const RecordedEvent& event) {
  if (conditions_.empty() && text_.is_empty()) return true;
  if (event.codec == Codec::json) return json_matches(event);
  EVENTSTORE_TRY_ASSIGN(const Schema* schema, schema_of(event));
  for (const auto& condition : conditions_) {
    EVENTSTORE_TRY_ASSIGN(const bool holds_here, holds(condition, event, *schema));
    if (!holds_here) return false;
  }
  if (text_.is_empty()) return true;
  return text_.is_in(schema->type, event);
}

Result<bool> DataMatcher::json_matches(const RecordedEvent& event) {
  const auto node = document_.parse(as_text(event.data));
  if (!node) return damaged(event);
  for (const auto& condition : conditions_)
    if (!equals(condition, locate(*node, condition.path))) return false;
  return text_.is_empty() || text_.is_in(*node);
}

Result<bool> DataMatcher::holds(const DataCondition& condition, const RecordedEvent& event, const Schema& schema) {
  const auto located = locate(schema.type, event.data, condition.path);
  if (std::holds_alternative<Missing>(located)) return false;
  if (std::holds_alternative<Damaged>(located)) return damaged(event);
  if (const auto* const name = std::get_if<std::string_view>(&located)) return condition.text == *name;
  if (const auto* const free_data = std::get_if<LocatedJson>(&located))
    return json_holds(condition, free_data->rest, event, free_data->text);
  const auto& found = std::get<LocatedBytes>(located);
  if (is_secret(*found.type))
    return failure(Errc::invalid_argument, "find", where(condition),
                   "this is a secret, and secrets cannot be asked for");
  if (is_text(found.type->kind)) return condition.text && *condition.text == BytesReader{found.bytes}.text();
  json_.clear();
  if (!bytes_to_json(*found.type, found.bytes, json_)) return damaged(event);
  if (json_ == condition.json) return true;
  return json_holds(condition, {}, event, json_);
}

Result<bool> DataMatcher::json_holds(const DataCondition& condition, std::span<const DataStep> path,
                                     const RecordedEvent& event, std::string_view json) {
  const auto node = document_.parse(json);
  if (!node) return damaged(event);
  return equals(condition, locate(*node, path));
}

bool DataMatcher::equals(const DataCondition& condition, std::optional<JsonNode> node) {
  if (!node) return false;
  canonical_.clear();
  node->write_canonical(canonical_);
  return canonical_ == condition.json;
}

}  // namespace v1
}  // namespace eventstore
