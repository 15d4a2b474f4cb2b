#include <eventstore/aggregate/aggregate_type.hpp>

namespace eventstore::inline v1 {

const CommandType* AggregateType::command(std::string_view name) const {
  for (const auto& candidate : commands)
    if (candidate.name == name) return &candidate;
  return nullptr;
}

}  // namespace eventstore::inline v1
