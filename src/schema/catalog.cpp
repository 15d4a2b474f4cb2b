#include <eventstore/schema/catalog.hpp>

#include <eventstore/schema/json_codec.hpp>

namespace eventstore::inline v1 {

void EventCatalog::add(std::string_view category, const Schema& schema) {
  categories_[std::string{category}].insert_or_assign(schema.name, &schema);
}

const Schema* EventCatalog::find(std::string_view category, std::string_view type) const {
  const auto types = categories_.find(category);
  if (types == categories_.end()) return nullptr;
  const auto schema = types->second.find(type);
  return schema == types->second.end() ? nullptr : schema->second;
}

std::string EventCatalog::known_types(std::string_view category) const {
  std::string known;
  const auto list = [&known](const auto& entries) {
    for (const auto& entry : entries) known += (known.empty() ? "" : ", ") + entry.first;
  };
  if (const auto types = categories_.find(category); types != categories_.end()) {
    list(types->second);
    return std::string{category} + " has " + known;
  }
  list(categories_);
  return "the categories are " + known;
}

Result<const Schema*> SchemaReader::find(const SchemaId& id) const {
  const std::lock_guard lock{mutex_};
  if (const auto known = parsed_.find(id); known != parsed_.end()) return known->second.get();
  auto descriptor = log_.schema(id);
  if (!descriptor) return failure_of(descriptor);
  EVENTSTORE_TRY_ASSIGN(Schema schema, Schema::parse(as_text(*descriptor)));
  const auto [place, inserted] = parsed_.emplace(id, std::make_unique<Schema>(std::move(schema)));
  return place->second.get();
}

Result<void> SchemaReader::data_to_json(const RecordedEvent& event, std::string& out) const {
  if (event.codec == Codec::json) {
    out += as_text(event.data);
    return {};
  }
  EVENTSTORE_TRY_ASSIGN(const Schema* schema, find(event.schema));
  return bytes_to_json(schema->type, event.data, out);
}

Result<BytesView> SchemaReader::data_as(const Schema& wanted, const RecordedEvent& event, Bytes& scratch) const {
  if (event.codec == Codec::binary && event.schema == wanted.id) return event.data;
  std::string json;
  EVENTSTORE_TRY(data_to_json(event, json));
  auto bytes = json_to_bytes(wanted.type, json, UnknownFields::pass_over);
  if (!bytes)
    return failure(Error{Errc::unreadable_schema, "read " + wanted.name, std::string{event.stream},
                         "stored under another schema: " + bytes.error().where + ": " + bytes.error().detail,
                         event.position});
  scratch = std::move(*bytes);
  return BytesView{scratch};
}

}  // namespace eventstore::inline v1
