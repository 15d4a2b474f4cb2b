// Puts the release's aggregates in the place of the domain's: the linker takes what is here before it looks into the
// domain's libraries. The projections are the domain's own sources, compiled against these aggregates.
#include "releases/domain/current.hpp"

#include <aggregates/aggregates.hpp>

namespace domain {
namespace {

// Found before the domain's own by everything in this unnamed namespace.
using current::Campaign, current::Conversation, current::Delivery;
using current::CampaignContentChanged, current::ConversationAssigned, current::DeliveryRescheduled;

}  // namespace

eventstore::AggregateType campaign_type() { return eventstore::aggregate<current::Campaign>(); }
eventstore::AggregateType conversation_type() { return eventstore::aggregate<current::Conversation>(); }
eventstore::AggregateType delivery_type() { return eventstore::aggregate<current::Delivery>(); }

}  // namespace domain

#include <projections/agents.cpp>
#include <projections/campaigns.cpp>
#include <projections/conversations.cpp>
#include <projections/customers.cpp>
#include <projections/deliveries.cpp>
#include <projections/message_logs.cpp>
