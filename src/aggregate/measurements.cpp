#include <eventstore/aggregate/measurements.hpp>

#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

std::string object_of(std::initializer_list<Label> labels) {
  std::vector<const Label*> sorted;
  sorted.reserve(labels.size());
  for (const auto& label : labels)
    if (!label.value.empty()) sorted.push_back(&label);
  std::sort(sorted.begin(), sorted.end(), [](const Label* a, const Label* b) { return a->name < b->name; });
  std::string json{"{"};
  for (const auto* const label : sorted) {
    if (json.size() > 1) json += ',';
    append_json_string(json, label->name);
    json += ':';
    append_json_string(json, label->value);
  }
  json += '}';
  return json;
}

// Canonical, so that equal labels make one document however they were written.
std::string object_of(const std::optional<Json>& free) {
  if (!free || free->text.empty()) return "{}";
  JsonDocument document;
  const auto parsed = document.parse(free->text);
  if (!parsed || parsed->kind() == JsonKind::null) return "{}";
  std::string json;
  parsed->write_canonical(json);
  return json;
}

}  // namespace

void Measurements::add(std::string_view metric_type, double value, std::initializer_list<Label> tags,
                       std::initializer_list<Label> metadata, std::int64_t count) {
  all_.push_back({std::string{metric_type}, value, object_of(tags), object_of(metadata), count});
}

void Measurements::add_free(std::string_view metric_type, double value, const std::optional<Json>& tags,
                            const std::optional<Json>& metadata) {
  all_.push_back({std::string{metric_type}, value, object_of(tags), object_of(metadata), 1});
}

}  // namespace v1
}  // namespace eventstore
