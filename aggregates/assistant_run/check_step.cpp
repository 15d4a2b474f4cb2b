#include <aggregates/assistant_run/check_step.hpp>
#include <eventstore/schema/json_document.hpp>

namespace domain {
namespace {

using eventstore::JsonKind;
using eventstore::JsonNode;

bool is_number(const JsonNode& node) {
  const auto kind = node.kind();
  return kind == JsonKind::integer || kind == JsonKind::large_integer || kind == JsonKind::number;
}

bool is_some_text(const JsonNode& node) { return node.kind() == JsonKind::text && !node.text().empty(); }

bool is_fit_member(std::string_view name, const JsonNode& node) {
  if (name == "name") return is_some_text(node);
  if (name == "duration_ms") return is_number(node) && node.number() >= 0;
  return name == "input" || name == "output";
}

bool is_fit_step(const JsonNode& step) {
  if (step.kind() != JsonKind::object) return is_some_text(step);
  return step.find("name") && step.each_member(is_fit_member);
}

}  // namespace

std::optional<eventstore::Refusal> check_step(const eventstore::Json& step) {
  eventstore::JsonDocument document;
  const auto root = document.parse(step.text);
  if (root && is_fit_step(*root)) return std::nullopt;
  return eventstore::refuse("bad_step", "a step is a text, or {name, input?, output?, duration_ms?}");
}

}  // namespace domain
