// The data of an event that was never recorded, from JSON.
#include <eventstore/schema/json_codec.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "edited_secrets.hpp"
#include "edition.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

const Schema* schema_of_today(const AggregateType& type, std::string_view name) {
  const auto found =
      std::find_if(type.events.begin(), type.events.end(), [&](const Schema* each) { return each->name == name; });
  return found == type.events.end() ? nullptr : *found;
}

std::string known_types(const AggregateType& type) {
  std::string names;
  for (const auto* const schema : type.events) names += (names.empty() ? "" : ", ") + schema->name;
  return names;
}

Error in_edit(Error error, const StreamEdit& edit, std::string_view type) {
  error.during = "edit history";
  error.detail = fmt::format("{}{}{}", error.where, error.where.empty() ? "" : ": ", error.detail);
  error.where = fmt::format("version {}, {}", edit.at.value, type);
  return error;
}

// With the recorded secrets, where the edit leaves them sealed.
Result<std::string> edited_json(const Type& type, const SchemaReader& schemas, const StreamEdit& edit,
                                const RecordedEvent* recorded) {
  JsonDocument given;
  const auto root = given.parse(edit.data);
  if (!root) return edit.data;  // whoever reads it says what is wrong
  std::string before;
  if (recorded != nullptr && recorded->codec == Codec::binary)
    EVENTSTORE_TRY(schemas.data_to_json(*recorded, before, {.secrets = ShownSecrets::revealed}));
  JsonDocument document;
  const auto recorded_root = before.empty() ? Result<JsonNode>{JsonNode{}} : document.parse(before);
  return with_recorded_secrets(type, *root, before.empty() || !recorded_root ? nullptr : &*recorded_root);
}

void take(OwnEvent& own, const SchemaId& id, Bytes data) {
  own.data = std::move(data);
  own.event.schema = id;
  own.event.codec = Codec::binary;
}

}  // namespace

Result<const Schema*> read_edited_data(const AggregateType& type, const SchemaReader& schemas, const StreamEdit& edit,
                                       const RecordedEvent* recorded, OwnEvent& own) {
  const auto* const today = schema_of_today(type, own.type);
  if (today == nullptr && recorded == nullptr)
    return failure(Errc::unknown_event_type, "edit history", fmt::format("version {}", edit.at.value),
                   fmt::format("{} has no event {}: it has {}", type.category, own.type, known_types(type)));
  std::optional<Error> error;
  const auto read = [&](const Type& as) -> Result<Bytes> {
    EVENTSTORE_TRY_ASSIGN(const auto json, edited_json(as, schemas, edit, recorded));
    return json_to_bytes(as, json);
  };
  if (today != nullptr) {
    auto data = read(today->type);
    if (data) return take(own, today->id, std::move(*data)), today;
    error = std::move(data.error());
  }
  // As the recorded event is written and shown, which may be another form of it than that of today.
  if (recorded != nullptr && !recorded->schema.is_none()) {
    EVENTSTORE_TRY_ASSIGN(const auto* const stored, schemas.find(recorded->schema));
    auto data = read(stored->type);
    if (data) return take(own, stored->id, std::move(*data)), nullptr;
    if (!error) error = std::move(data.error());
  }
  if (error) return failure(in_edit(std::move(*error), edit, own.type));
  JsonDocument document;
  if (auto parsed = document.parse(edit.data); !parsed)
    return failure(in_edit(std::move(parsed.error()), edit, own.type));
  const auto bytes = as_bytes(edit.data);
  own.data.assign(bytes.begin(), bytes.end());
  own.event.codec = Codec::json;
  return nullptr;
}

}  // namespace v1
}  // namespace eventstore
