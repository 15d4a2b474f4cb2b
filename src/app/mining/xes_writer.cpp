#include "xes_writer.hpp"

#include "xml_text.hpp"

#include <eventstore/log/metadata.hpp>

#include <fmt/format.h>

namespace eventstore::app {
namespace {

// The schema of the standard gives its elements no namespace.
constexpr std::string_view beginning = R"(<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="nested-attributes">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="ID" prefix="identity" uri="http://www.xes-standard.org/identity.xesext"/>
<global scope="trace">
<string key="concept:name" value="unknown"/>
</global>
<global scope="event">
<string key="concept:name" value="unknown"/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000000Z"/>
<string key="lifecycle:transition" value="complete"/>
</global>
<classifier name="Activity" scope="event" keys="concept:name"/>
<string key="lifecycle:model" value="standard"/>
)";

std::string_view element_of(const DataValue& value) {
  switch (value.kind) {
    case ValueKind::boolean: return "boolean";
    case ValueKind::integer: return "int";
    case ValueKind::decimal: return "float";
    case ValueKind::time: return "date";
    case ValueKind::id: return "id";
    case ValueKind::none:
    case ValueKind::number:
    case ValueKind::text:
    case ValueKind::nested: break;
  }
  return "string";
}

}  // namespace

XesWriter::XesWriter(NewFile& file, std::string_view category) : file_{file} {
  file_.text() += beginning;
  attribute("string", "concept:name", category);
}

Result<void> XesWriter::begin_trace(const StreamInfo& stream) {
  const auto id = StreamId::trusted(stream.stream);
  file_.text() += "<trace>\n";
  attribute("string", "concept:name", id.key());
  attribute("string", "stream.id", id.text());
  attribute("string", "stream.organization_id", stream.organization);
  return {};
}

Result<void> XesWriter::event(const eventstore::TracedEvent& traced) {
  const auto& event = traced.event;
  file_.text() += "<event>\n";
  attribute("string", "concept:name", event.type);
  attribute("date", "time:timestamp", event.created_at.to_string());
  attribute("string", "lifecycle:transition", "complete");
  if (!traced.metadata.user_id.empty()) attribute("string", "org:resource", traced.metadata.user_id);
  attribute("id", "identity:id", event.id.to_string());
  attribute("int", "event.version", std::to_string(event.version.value));
  attribute("int", "event.position", std::to_string(event.position.value));
  attribute("string", "event.organization_id", event.organization);
  const auto& [correlation, causation] = std::tie(traced.metadata.correlation_id, traced.metadata.causation_id);
  if (!correlation.empty()) attribute("string", "event.correlation_id", correlation);
  if (!causation.empty()) attribute("string", "event.causation_id", causation);
  EVENTSTORE_TRY(each_value(traced.type, traced.data, [this](std::string_view place, const DataValue& found) {
    value(key_of(place), found);
    return Result<void>{};
  }));
  file_.text() += "</event>\n";
  return file_.flush_some();
}

Result<void> XesWriter::end_trace() {
  file_.text() += "</trace>\n";
  return file_.flush_some();
}

Result<void> XesWriter::finish() {
  file_.text() += "</log>\n";
  return file_.finish();
}

void XesWriter::attribute(std::string_view element, std::string_view key, std::string_view value) {
  auto& text = file_.text();
  fmt::format_to(std::back_inserter(text), R"(<{} key="{}" value=")", element, key);
  replaced_ += append_xml_value(text, value);
  text += "\"/>\n";
}

void XesWriter::value(std::string_view key, const DataValue& value) {
  if (value.kind == ValueKind::none) return;
  if (value.kind == ValueKind::nested) return nested(key, value.node);
  if (value.node.kind() == JsonKind::text) return attribute(element_of(value), key, value.node.text());
  scratch_.clear();
  value.node.write(scratch_);
  attribute(element_of(value), key, scratch_);
}

// The schema of the standard wants a key at `values`, too.
void XesWriter::nested(std::string_view key, JsonNode node) {
  file_.text() += fmt::format("<list key=\"{}\"><values key=\"values\">\n", key);
  const bool is_list = node.kind() == JsonKind::array;
  node.each_member([&](std::string_view name, JsonNode member) {
    value(is_list ? "item" : xml_name(name), {kind_of(member), member});
    return true;
  });
  file_.text() += "</values></list>\n";
}

const std::string& XesWriter::key_of(std::string_view place) {
  const std::string known_as{place};
  const auto known = keys_.find(known_as);
  if (known != keys_.end()) return known->second;
  const auto name = xml_name(place);
  auto key = name;
  for (int number = 2; !taken_keys_.insert(key).second; ++number) key = fmt::format("{}_{}", name, number);
  return keys_.emplace(known_as, std::move(key)).first->second;
}

}  // namespace eventstore::app
