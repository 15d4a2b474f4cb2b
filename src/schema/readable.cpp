#include <eventstore/schema/detail/readable.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

ReadableSchemas::ReadableSchemas(const std::vector<Entry>& entries) {
  annotated_.reserve(entries.size());  // so that views of the texts stay
  for (const auto& [schema, former, current] : entries) {
    schemas_.push_back(schema);
    annotated_.push_back(annotated_text(schema->type));
    texts_.push_back({schema->name, former, schema->record_text(), annotated_.back(), current});
  }
}

bool ReadableSchemas::has_name(std::string_view stored) const {
  return std::any_of(texts_.begin(), texts_.end(), [&](const ReadableText& text) { return text.has_name(stored); });
}

}  // namespace v1
}  // namespace eventstore
