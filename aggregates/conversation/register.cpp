#include <aggregates/aggregates.hpp>
#include <aggregates/conversation/conversation.hpp>

namespace domain {

eventstore::AggregateType conversation_type() { return eventstore::aggregate<Conversation>(); }

}  // namespace domain
