#include <eventstore/aggregate/aggregate_types.hpp>

namespace eventstore {
inline namespace v1 {

const AggregateType* AggregateTypes::find(std::string_view category) const {
  for (const auto& type : *types_)
    if (type.has_category(category)) return &type;
  return nullptr;
}

}  // namespace v1
}  // namespace eventstore
