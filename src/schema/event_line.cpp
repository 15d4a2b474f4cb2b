#include <eventstore/schema/event_line.hpp>

#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace eventstore {
inline namespace v1 {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view text) {
  if (out.back() != '{') out += ',';
  append_json_string(out, name);
  out += ':';
  append_json_string(out, text);
}

}  // namespace

void append_metadata_json(const Metadata& metadata, std::string& out) {
  out += '{';
  const std::array<std::pair<std::string_view, const std::string*>, 5> known{
      {{"user_id", &metadata.user_id},
       {"ip_address", &metadata.ip_address},
       {"user_agent", &metadata.user_agent},
       {"correlation_id", &metadata.correlation_id},
       {"causation_id", &metadata.causation_id}}};
  for (const auto& [name, value] : known)
    if (!value->empty()) append_member(out, name, *value);
  if (metadata.extra.size() > 2) {  // more than "{}"
    if (out.back() != '{') out += ',';
    out.append(metadata.extra, 1, metadata.extra.size() - 2);
  }
  out += '}';
}

Result<void> append_event_line(const RecordedEvent& event, const SchemaReader& schemas, std::string& out) {
  std::string data;
  EVENTSTORE_TRY(schemas.data_to_json(event, data));
  return append_event_line(event, data, out);
}

Result<void> append_event_line(const RecordedEvent& event, std::string_view data_json, std::string& out) {
  EVENTSTORE_TRY_ASSIGN(const Metadata metadata, metadata_of(event));
  std::string metadata_json;
  append_metadata_json(metadata, metadata_json);
  append_event_line(event, data_json, metadata_json, out);
  return {};
}

void append_event_line(const RecordedEvent& event, std::string_view data_json, std::string_view metadata_json,
                       std::string& out) {
  const auto dash = event.stream.find('-');
  out += '{';
  append_member(out, "organization_id", event.organization);
  append_member(out, "event_type", event.type);
  out += ",\"event_data\":";
  out += data_json;
  append_member(out, "aggregate_id", event.stream.substr(dash + 1));
  append_member(out, "aggregate_type", event.stream.substr(0, dash));
  append_member(out, "created_at", event.created_at.to_string());
  out += ",\"version\":";
  append_json_number(out, event.version.value);
  out += ",\"metadata\":";
  out += metadata_json;
  append_member(out, "event_id", event.id.to_string());
  out += ",\"position\":";
  append_json_number(out, event.position.value);
  out += '}';
}

EventId derived_id(const EventLine& line, std::string_view canonical_data) {
  static const Uuid space = Uuid::v5(eventstore_namespace, "event line");
  const auto id = Uuid::v5(
      space, fmt::format("{}\n{}\n{}\n{}\n{}\n{}", line.stream.text(), line.version ? line.version->value : 0,
                         line.type, line.metadata.organization, line.metadata.created_at.micros, canonical_data));
  return EventId{line.occurrence > 1 ? Uuid::v5(id, std::to_string(line.occurrence)) : id};
}

}  // namespace v1
}  // namespace eventstore
