#include "event_source.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

Result<Item> EventSource::data(const RecordedEvent& event) {
  if (event.codec == Codec::json) {
    if (!parsed_) {
      const auto parsed = document_.parse(as_text(event.data));
      json_ = parsed ? Item{*parsed} : Item{};
      parsed_ = true;
    }
    return json_;
  }
  if (schema_ == nullptr || id_ != event.schema) {
    EVENTSTORE_TRY_ASSIGN(schema_, find(event.schema));
    id_ = event.schema;
  }
  return Item{event.data, schema_->type};
}

// The program's own, where it is the same: it knows of flattened records, which a descriptor does not.
Result<const Schema*> EventSource::find(const SchemaId& id) const {
  for (const auto* const known : type_.events)
    if (known->id == id) return known;
  return schemas_.find(id);
}

RecordedEvent PreviousEvent::keep(const RecordedEvent& event, const Metadata& metadata, bool with_data) {
  type_ = event.type;
  metadata_ = metadata;
  auto kept = event;
  kept.stream = {};
  kept.type = type_;
  kept.organization = metadata_.organization;
  kept.metadata = {};
  data_.clear();
  if (with_data) data_.assign(event.data.begin(), event.data.end());
  kept.data = data_;
  return kept;
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
