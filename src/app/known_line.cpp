#include "known_line.hpp"

#include <eventstore/schema/detail/canonical_data.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/schema_reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace eventstore::app {
namespace {

// The event that stands where the line belongs; an empty page where there is none.
Page stored_for(const EventLog& log, const EventLine& line, Errc refusal) {
  auto found = refusal == Errc::wrong_version && line.version
                   ? log.read_stream(line.stream, {.from = *line.version, .limit = 1})
                   : log.find(line.stream, line.metadata.event_id);
  if (found && line.is_encrypted && !found->events.empty())  // which is compared as it is stored
    found = log.read_stream(line.stream, {.from = found->events.front().version, .limit = 1, .as_stored = true});
  return found ? std::move(*found) : Page{};
}

// The members of an event's data, each as a text that does not depend on its spelling.
std::map<std::string, std::string> members_of(const Type& type, BytesView data) {
  std::string text;
  write_canonical_data(type, data, text);
  std::map<std::string, std::string> members;
  JsonDocument document;
  if (const auto root = document.parse(text))
    root->each_member([&](std::string_view name, JsonNode value) {
      const auto* const field = type.field(name);  // by its oldest name
      value.write(members[field == nullptr ? std::string{name} : field->name]);
      return true;
    });
  return members;
}

// Members of an event's data that have erased values, which cannot be compared with anything.
std::set<std::string> erased_members(const SchemaReader& schemas, const RecordedEvent& stored) {
  std::set<std::string> names;
  std::string json;
  JsonDocument document;
  if (stored.encryption_key != erased_values || !schemas.data_to_json(stored, json)) return names;
  if (const auto root = document.parse(json))
    root->each_member([&](std::string_view name, JsonNode value) {
      std::string text;
      value.write(text);
      if (text.find(erased_json) != std::string::npos) names.insert(std::string{name});
      return true;
    });
  return names;
}

// Whether the metadata differs, as far as it is known on both sides.
bool has_other_metadata(const EventLine& line, const RecordedEvent& stored) {
  const auto given = metadata_of(RecordedEvent{.metadata = line.tagged});
  const auto was = metadata_of(RecordedEvent{.metadata = stored.metadata});
  if (!given || !was) return true;
  if (given->user_id != was->user_id || given->correlation_id != was->correlation_id ||
      given->causation_id != was->causation_id)
    return true;
  if (line.is_encrypted || stored.encryption_key != 0) return false;
  return given->ip_address != was->ip_address || given->user_agent != was->user_agent || given->extra != was->extra;
}

std::set<std::string> different_data(const EventLog& log, const EventLine& line, const RecordedEvent& stored) {
  if (line.schema == nullptr && stored.codec == Codec::json && std::ranges::equal(stored.data, line.data)) return {};
  if (line.schema == nullptr) return {"event_data"};
  const SchemaReader schemas{log};
  Bytes scratch;
  const auto before = schemas.data_as(*line.schema, stored, scratch);
  if (!before) return {"event_data"};
  const auto is = members_of(line.schema->type, line.data);
  const auto was = members_of(line.schema->type, *before);
  const auto erased = erased_members(schemas, stored);
  std::set<std::string> names;
  const auto add_missing = [&](const auto& these, const auto& others) {
    for (const auto& [name, value] : these)
      if (const auto other = others.find(name);
          !erased.contains(name) && (other == others.end() || other->second != value))
        names.insert("event_data." + name);
  };
  add_missing(is, was);
  add_missing(was, is);
  return names;
}

std::string differences(const EventLog& log, const EventLine& line, const RecordedEvent& stored) {
  std::set<std::string> names;
  if (line.type != stored.type)
    names.insert("event_type");
  else
    names = different_data(log, line, stored);
  if (line.metadata.organization != stored.organization) names.insert("organization_id");
  if (line.states_time && line.metadata.created_at != stored.created_at) names.insert("created_at");
  if (has_other_metadata(line, stored)) names.insert("metadata");
  return fmt::format("{}", fmt::join(names, ", "));
}

// Absent where the log has no other event in the line's place.
std::optional<Error> difference(const EventLog& log, const EventLine& line, const Error& error) {
  if (error.code != Errc::wrong_version && error.code != Errc::id_conflict) return std::nullopt;
  const auto page = stored_for(log, line, error.code);
  if (page.events.empty()) return std::nullopt;
  const auto& stored = page.events.front();
  const auto names = differences(log, line, stored);
  if (names.empty() && stored.id == line.metadata.event_id) return std::nullopt;
  return Error{
      .code = Errc::id_conflict,
      .during = error.during,
      .where = line.stream.text(),
      .detail = fmt::format("the line differs from version {}, which the log has: {}; history does not change: "
                            "leave the line out, or append what is new as a new event",
                            stored.version.value, names.empty() ? "event_id" : names),
      .at = stored.position};
}

// The event of that id; an empty page where there is none.
Result<Page> find_event(const EventLog& log, const StreamId& stream, const EventId& id) {
  auto found = log.find(stream, id);
  if (!found && found.error().code == Errc::not_found) return Page{};
  return found;
}

// Whether the log has the line's event with the defaults that were first locked.
Result<bool> has_first_data(const EventLog& log, const EventLine& line) {
  EVENTSTORE_TRY_ASSIGN(const auto page, find_event(log, line.stream, line.metadata.event_id));
  if (page.events.empty()) return false;
  const SchemaReader schemas{log};
  Bytes scratch;
  const auto stored = schemas.data_as(*line.schema, page.events.front(), scratch);
  return stored && members_of(line.schema->type, *stored) == members_of(line.schema->type, line.first_data);
}

}  // namespace

Result<void> take_known_form(const EventLog& log, EventLine& line) {
  for (const auto& id : {line.clear_id, line.former_id}) {
    if (id == EventId{}) continue;
    EVENTSTORE_TRY_ASSIGN(const auto former, find_event(log, line.stream, id));
    if (former.events.empty()) continue;
    line.metadata.event_id = id;
    break;
  }
  if (!line.first_data.empty()) {
    EVENTSTORE_TRY_ASSIGN(const bool is_there, has_first_data(log, line));
    if (is_there) line.data = line.first_data;
  }
  return {};
}

Error explain_refusal(const EventLog& log, const EventLine& line, Error error) {
  return difference(log, line, error).value_or(std::move(error));
}

Error explain_refusal(const EventLog& log, std::span<const EventLine> lines, Error error) {
  for (const auto& line : lines)
    if (auto found = difference(log, line, error)) return *found;
  return error;
}

}  // namespace eventstore::app
