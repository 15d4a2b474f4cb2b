#pragma once
// The domain's aggregates, without their types: what a program registers.
#include <eventstore/aggregate/aggregate_type.hpp>

#include <vector>

namespace domain {

// Each is defined in its own folder's register.cpp, so that nobody else compiles its templates.
eventstore::AggregateType campaign_type();
eventstore::AggregateType conversation_type();
eventstore::AggregateType delivery_type();
eventstore::AggregateType activity_type();
eventstore::AggregateType metric_type();

/// All of them, in the order in which they are listed to people.
std::vector<eventstore::AggregateType> all_aggregates();

}  // namespace domain
