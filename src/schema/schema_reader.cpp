#include <eventstore/schema/schema_reader.hpp>

#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> unreadable(const RecordedEvent& event, const std::string& name, std::string detail) {
  return failure(
      Error{Errc::unreadable_schema, "read " + name, std::string{event.stream}, std::move(detail), event.position});
}

tl::unexpected<Error> unknown_event(const RecordedEvent& event) {
  return failure(Error{Errc::unknown_event_type, "replay", std::string{event.stream},
                       "this build does not know " + std::string{event.type} +
                           ": add it to the aggregate's events, or use the build that wrote it",
                       event.position});
}

tl::unexpected<Error> damaged(const RecordedEvent& event) {
  return failure(Error{Errc::corrupt_record, "read " + std::string{event.type}, std::string{event.stream},
                       "the bytes do not fit the schema under which they are stored", event.position});
}

// A descriptor that its id proves whole says something that this build does not know yet.
tl::unexpected<Error> unknown_or_damaged(const SchemaId& id, std::string_view descriptor, Error error) {
  if (Schema::id_of(descriptor) == id) {
    error.code = Errc::newer_format;
    error.detail += ": a newer build recorded this schema; read its events with that build or a later one";
  }
  return failure(std::move(error));
}

// Marks the records of `stored` that the program's own type has flattened.
void flatten_as(const Type& own, Type& stored) {
  for (auto& field : stored.fields) {
    const auto known = std::ranges::find(own.fields, field.name, &Field::name);
    if (known == own.fields.end() || known->type.kind != field.type.kind) continue;
    if (known->attributes.has(flattened)) field.attributes = field.attributes | flattened;
    flatten_as(known->type, field.type);
  }
  const auto inner = std::min(own.of.size(), stored.of.size());
  for (std::size_t i = 0; i < inner; ++i) flatten_as(own.of[i], stored.of[i]);
}

std::size_t bucket_of(const void* reader, const SchemaId& id, std::size_t buckets) {
  return (std::hash<SchemaId>{}(id) ^ (reinterpret_cast<std::uintptr_t>(reader) >> 4U)) % buckets;
}

}  // namespace

std::vector<StandIn> erased_stand_ins(const RecordedEvent& event, std::string_view json) {
  std::vector<StandIn> erased;
  for (const auto offset : erased_places(event)) erased.push_back({offset, json});
  return erased;
}

Result<const Schema*> SchemaReader::find(const SchemaId& id) const {
  const std::lock_guard lock{mutex_};
  if (const auto known = parsed_.find(id); known != parsed_.end()) return known->second.get();
  auto descriptor = log_.schema(id);
  if (!descriptor) return failure_of(descriptor);
  auto schema = Schema::parse(as_text(*descriptor));
  if (!schema) return unknown_or_damaged(id, as_text(*descriptor), std::move(schema.error()));
  const auto own = std::ranges::find(own_, schema->name, &Schema::name);
  if (own != own_.end()) flatten_as((*own)->type, schema->type);
  const auto [place, inserted] = parsed_.emplace(id, std::make_unique<Schema>(std::move(*schema)));
  return place->second.get();
}

Result<void> SchemaReader::data_to_json(const RecordedEvent& event, std::string& out,
                                        const JsonWriting& writing) const {
  if (event.codec == Codec::json) {
    out += as_text(event.data);
    return {};
  }
  EVENTSTORE_TRY_ASSIGN(const Schema* schema, find(event.schema));
  return bytes_to_json(schema->type, event.data, out, writing);
}

Result<void> SchemaReader::data_to_json(const RecordedEvent& event, std::string& out) const {
  return data_to_json(event, out, {.stand_ins = erased_stand_ins(event)});
}

const SchemaReader::Route* SchemaReader::find_route(const void* reader, const SchemaId& id) const {
  const auto* route = routes_[bucket_of(reader, id, routes_.size())].load(std::memory_order_acquire);
  while (route != nullptr && (route->reader != reader || route->id != id)) route = route->next;
  return route;
}

const SchemaReader::Route* SchemaReader::keep(Route route) const {
  const std::lock_guard lock{mutex_};
  auto& bucket = routes_[bucket_of(route.reader, route.id, routes_.size())];
  route.next = bucket.load(std::memory_order_relaxed);
  const auto* const kept = owned_.emplace_back(std::make_unique<const Route>(std::move(route))).get();
  bucket.store(kept, std::memory_order_release);
  return kept;
}

Result<const SchemaReader::Route*> SchemaReader::make_route(const ReadableSchemas& targets,
                                                            const RecordedEvent& event) const {
  EVENTSTORE_TRY_ASSIGN(const Schema* stored, find(event.schema));
  const auto verdict = judge(event.type, stored->record_text(), targets.texts());
  if (!verdict.may_read()) {
    if (verdict.way == Verdict::Way::unknown) return unknown_event(event);
    return unreadable(event, std::string{event.type}, describe_unreadable(verdict));
  }
  Route route{&targets, event.schema, verdict.target, verdict.exact, {}, {}, nullptr};
  if (!verdict.exact) {
    EVENTSTORE_TRY_ASSIGN(route.fields, FieldPlan::make(stored->type, targets.schema(verdict.target).type));
  }
  return keep(std::move(route));
}

Result<const SchemaReader::Route*> SchemaReader::make_route(const Schema& wanted, const RecordedEvent& event) const {
  EVENTSTORE_TRY_ASSIGN(const Schema* stored, find(event.schema));
  auto plan = ResolutionPlan::make(stored->type, wanted.type);
  if (!plan) return unreadable(event, wanted.name, "stored under another schema: " + plan.error().detail);
  return keep({&wanted, event.schema, 0, false, {}, std::move(*plan), nullptr});
}

Result<Reading> SchemaReader::read(const ReadableSchemas& targets, const RecordedEvent& event, Bytes& scratch) const {
  if (event.codec == Codec::json) {
    std::optional<Error> first;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (!targets.texts()[i].has_name(event.type)) continue;
      auto bytes = json_to_bytes(targets.schema(i).type, as_text(event.data), stored_json);
      if (bytes) {
        scratch = std::move(*bytes);
        return Reading{i, scratch, nullptr};
      }
      if (!first) first = std::move(bytes.error());
    }
    if (first)
      return unreadable(event, std::string{event.type}, "kept as JSON: " + first->where + ": " + first->detail);
    return unknown_event(event);
  }
  if (const auto reading = read_known(targets, event)) return *reading;
  EVENTSTORE_TRY(make_route(targets, event));
  return *read_known(targets, event);
}

std::optional<Reading> SchemaReader::read_known(const ReadableSchemas& targets, const RecordedEvent& event) const {
  const auto* const route = event.codec == Codec::binary ? find_route(&targets, event.schema) : nullptr;
  if (route == nullptr) return std::nullopt;
  return Reading{route->target, event.data, route->exact ? nullptr : &route->fields};
}

Result<BytesView> SchemaReader::data_as(const Schema& wanted, const RecordedEvent& event, Bytes& scratch) const {
  if (event.codec == Codec::binary && event.schema == wanted.id) return event.data;
  if (event.codec == Codec::json) {
    auto bytes = json_to_bytes(wanted.type, as_text(event.data), stored_json);
    if (!bytes)
      return unreadable(event, wanted.name, "kept as JSON: " + bytes.error().where + ": " + bytes.error().detail);
    scratch = std::move(*bytes);
    return BytesView{scratch};
  }
  const auto* route = find_route(&wanted, event.schema);
  if (route == nullptr) {
    EVENTSTORE_TRY_ASSIGN(route, make_route(wanted, event));
  }
  const auto bytes = route->plan.run(event.data, scratch);
  if (!bytes) return damaged(event);
  return *bytes;
}

Result<BytesView> SchemaReader::stored_as(const Schema& wanted, const SchemaRecord& stored, BytesView data,
                                          Bytes& scratch) const {
  if (stored.id == wanted.id) return data;
  const auto* route = find_route(&wanted, stored.id);
  if (route == nullptr) {
    const auto descriptor = as_text(stored.descriptor);
    if (Schema::id_of(descriptor) != stored.id)
      return failure(Errc::corrupt_record, "read " + wanted.name, "", "the descriptor is not the one of its id");
    auto schema = Schema::parse(descriptor);
    if (!schema) return unknown_or_damaged(stored.id, descriptor, std::move(schema.error()));
    auto plan = ResolutionPlan::make(schema->type, wanted.type);
    if (!plan)
      return failure(Errc::unreadable_schema, "read " + wanted.name, "",
                     "stored under another schema: " + plan.error().detail);
    route = keep({&wanted, stored.id, 0, false, {}, std::move(*plan), nullptr});
  }
  const auto bytes = route->plan.run(data, scratch);
  if (bytes) return *bytes;
  return failure(Errc::corrupt_record, "read " + wanted.name, "",
                 "the bytes do not fit the schema under which they are stored");
}

}  // namespace v1
}  // namespace eventstore
