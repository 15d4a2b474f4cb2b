#pragma once
// The domain's aggregates, without their types: what a program registers.
#include <eventstore/aggregate/aggregate_type.hpp>

#include <vector>

// One line registers an aggregate. Its folder's register.cpp defines <name>_type(), so that nobody else compiles its
// templates.
// clang-format off
#define DOMAIN_AGGREGATES(aggregate) \
  aggregate(campaign)                \
  aggregate(conversation)            \
  aggregate(delivery)                \
  aggregate(agent)                   \
  aggregate(customer)                \
  aggregate(call)                    \
  aggregate(recording)               \
  aggregate(appointment)             \
  aggregate(api_key)                 \
  aggregate(user)                    \
  aggregate(calendar_event)          \
  aggregate(session)                 \
  aggregate(assistant_run)           \
  aggregate(contact)                 \
  aggregate(chatbot)                 \
  aggregate(activity)                \
  aggregate(metric)
// clang-format on

namespace domain {

#define DOMAIN_DECLARE_AGGREGATE(name) eventstore::AggregateType name##_type();
DOMAIN_AGGREGATES(DOMAIN_DECLARE_AGGREGATE)
#undef DOMAIN_DECLARE_AGGREGATE

/// All of them, in the order in which they are listed to people.
std::vector<eventstore::AggregateType> all_aggregates();

}  // namespace domain
