#include <eventstore/schema/event_types.hpp>

namespace eventstore {
inline namespace v1 {

void EventTypes::add(std::string_view category, const Schema& schema) {
  categories_[std::string{category}].insert_or_assign(schema.name, &schema);
}

const Schema* EventTypes::find(std::string_view category, std::string_view type) const {
  const auto types = categories_.find(category);
  if (types == categories_.end()) return nullptr;
  const auto schema = types->second.find(type);
  return schema == types->second.end() ? nullptr : schema->second;
}

std::string EventTypes::known_types(std::string_view category) const {
  std::string known;
  const auto list = [&known](const auto& entries) {
    for (const auto& entry : entries) known += (known.empty() ? "" : ", ") + entry.first;
  };
  if (const auto types = categories_.find(category); types != categories_.end()) {
    list(types->second);
    return std::string{category} + " has " + known;
  }
  list(categories_);
  return "the categories are " + known;
}

}  // namespace v1
}  // namespace eventstore
