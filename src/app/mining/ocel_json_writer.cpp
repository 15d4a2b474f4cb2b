#include "ocel_json_writer.hpp"

#include <eventstore/schema/detail/json_text.hpp>

namespace eventstore::app {
namespace {

std::string_view name_of(MinedType type) {
  switch (type) {
    case MinedType::boolean: return "boolean";
    case MinedType::integer: return "integer";
    case MinedType::decimal: return "float";
    case MinedType::time: return "time";
    case MinedType::text: break;
  }
  return "string";
}

struct AppendValue {
  std::string& out;

  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { append_json_number(out, value); }
  void operator()(double value) const { append_json_number(out, value); }
  void operator()(const std::string& value) const { append_json_string(out, value); }
};

}  // namespace

void OcelJsonWriter::separate(bool& is_first) {
  file_.text() += is_first ? "\n" : ",\n";
  is_first = false;
}

void OcelJsonWriter::kinds(std::string_view member, const std::vector<MinedKind>& kinds) {
  auto& text = file_.text();
  (text += '"') += member;
  text += "\":[";
  bool is_first = true;
  for (const auto& kind : kinds) {
    separate(is_first);
    append_json_string(text += "{\"name\":", kind.name);
    text += ",\"attributes\":[";
    for (const auto& attribute : kind.attributes) {
      if (text.back() != '[') text += ',';
      append_json_string(text += "{\"name\":", attribute.name);
      ((text += ",\"type\":\"") += name_of(attribute.type)) += "\"}";
    }
    text += "]}";
  }
  text += "],\n";
}

Result<void> OcelJsonWriter::begin(const ObjectLogKinds& all) {
  kinds_ = &all;
  file_.text() += "{";
  kinds("objectTypes", all.objects);
  kinds("eventTypes", all.events);
  file_.text() += "\"objects\":[";
  return {};
}

Result<void> OcelJsonWriter::begin_object(std::string_view id, std::size_t kind) {
  object_kind_ = kind;
  is_first_value_ = true;
  separate(is_first_object_);
  auto& text = file_.text();
  append_json_string(text += "{\"id\":", id);
  append_json_string(text += ",\"type\":", kinds_->objects[kind].name);
  text += ",\"attributes\":[";
  return {};
}

Result<void> OcelJsonWriter::values(Timestamp time, std::span<const AttributeValue> values) {
  for (const auto& each : values) {
    if (!is_first_value_) file_.text() += ',';
    is_first_value_ = false;
    value(kinds_->objects[object_kind_].attributes, each, &time);
  }
  return file_.flush_some();
}

Result<void> OcelJsonWriter::end_object(std::span<const ObjectRelation> all) {
  relations(all);
  return file_.flush_some();
}

Result<void> OcelJsonWriter::event(const MinedEvent& event) {
  auto& text = file_.text();
  if (is_first_event_) text += "],\n\"events\":[";
  separate(is_first_event_);
  append_json_string(text += "{\"id\":", event.id);
  append_json_string(text += ",\"type\":", kinds_->events[event.kind].name);
  ((text += ",\"time\":\"") += event.time.to_string()) += "\",\"attributes\":[";
  for (const auto& each : event.values) {
    if (text.back() != '[') text += ',';
    value(kinds_->events[event.kind].attributes, each, nullptr);
  }
  relations(event.relations);
  return file_.flush_some();
}

Result<void> OcelJsonWriter::end() {
  file_.text() += is_first_event_ ? "],\n\"events\":[]}\n" : "]}\n";
  return file_.finish();
}

void OcelJsonWriter::value(const std::vector<MinedAttribute>& attributes, const AttributeValue& value,
                           const Timestamp* time) {
  auto& text = file_.text();
  append_json_string(text += "{\"name\":", attributes[value.attribute].name);
  if (time != nullptr) ((text += ",\"time\":\"") += time->to_string()) += '"';
  std::visit(AppendValue{text += ",\"value\":"}, value.value);
  text += '}';
}

void OcelJsonWriter::relations(std::span<const ObjectRelation> relations) {
  auto& text = file_.text();
  text += "],\"relationships\":[";
  for (const auto& relation : relations) {
    if (text.back() != '[') text += ',';
    append_json_string(text += "{\"objectId\":", relation.object);
    append_json_string(text += ",\"qualifier\":", relation.qualifier);
    text += '}';
  }
  text += "]}";
}

}  // namespace eventstore::app
