#include "categories.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {

const AggregateType* Categories::aggregate(std::string_view category) const {
  const auto found = std::find_if(types_.begin(), types_.end(),
                                  [&](const AggregateType& type) { return type.has_category(category); });
  return found == types_.end() ? nullptr : &*found;
}

std::string_view Categories::name(std::string_view category) const {
  const auto* const type = aggregate(category);
  return type == nullptr ? category : std::string_view{type->category};
}

std::vector<std::string> Categories::names(const std::string& category) const {
  const auto* const type = aggregate(category);
  if (category.empty() || type == nullptr) return {category};
  auto names = type->former_categories;
  names.push_back(type->category);
  return names;
}

Result<std::string> Categories::object_id(std::string_view stream) const {
  const auto dash = stream.find('-');
  const auto category = stream.substr(0, dash);
  const auto today = name(category);
  if (today == category) return std::string{stream};
  auto id = std::string{today} += stream.substr(dash);
  EVENTSTORE_TRY_ASSIGN(const Version head, log_.head(StreamId::trusted(id)));
  return head == Version{0} ? id : std::string{stream};
}

}  // namespace v1
}  // namespace eventstore
