#include "event_kind.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// The metadata that every event has, in the order of their values.
enum Always : std::uint8_t { event_id, version, position, organization };

constexpr std::array<std::pair<const char*, MinedType>, 4> always{{{"event.id", MinedType::text},
                                                                   {"event.version", MinedType::integer},
                                                                   {"event.position", MinedType::integer},
                                                                   {"event.organization_id", MinedType::text}}};

// The metadata that an event may have.
constexpr std::array<const char*, 3> sometimes{"event.user_id", "event.correlation_id", "event.causation_id"};

std::array<const std::string*, 3> texts_of(const Metadata& metadata) {
  return {&metadata.user_id, &metadata.correlation_id, &metadata.causation_id};
}

}  // namespace

Result<void> EventKind::see(const Metadata& metadata, const Type* type, JsonNode data) {
  const auto texts = texts_of(metadata);
  for (std::size_t i = 0; i < texts.size(); ++i) has_text_[i] |= !texts[i]->empty();
  return each_value(type, data, [this](std::string_view place, const DataValue& value) -> Result<void> {
    data_.see(place, value);
    return {};
  });
}

void EventKind::finish(MinedKind& kind, std::size_t place) {
  place_ = place;
  UniqueNames names;
  for (const auto* const reserved : {"ocel_id", "ocel_time"}) (void)names.take(reserved);
  for (const auto& [name, type] : always) kind.attributes.push_back({names.take(name), type});
  for (std::size_t i = 0; i < sometimes.size(); ++i) {
    text_attribute_[i] = kind.attributes.size();
    if (has_text_[i]) kind.attributes.push_back({names.take(sometimes[i]), MinedType::text});
  }
  data_.finish(kind, names);
}

Result<void> EventKind::values_of(const RecordedEvent& event, const Metadata& metadata, const Type* type, JsonNode data,
                                  std::vector<AttributeValue>& values) const {
  values.clear();
  values.push_back({event_id, event.id.to_string()});
  values.push_back({version, static_cast<std::int64_t>(event.version.value)});
  values.push_back({position, static_cast<std::int64_t>(event.position.value)});
  values.push_back({organization, std::string{event.organization}});
  const auto texts = texts_of(metadata);
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (!texts[i]->empty()) values.push_back({text_attribute_[i], *texts[i]});
  std::string rest;
  EVENTSTORE_TRY(each_value(type, data, [&](std::string_view place, const DataValue& value) -> Result<void> {
    data_.add(place, value, false, values, rest);
    return {};
  }));
  data_.add_rest(rest, values);
  return {};
}

}  // namespace v1
}  // namespace eventstore
