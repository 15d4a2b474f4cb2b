#include <aggregates/aggregates.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <source_hash/conversation.hpp>

namespace domain {

eventstore::AggregateType conversation_type() { return eventstore::aggregate<Conversation>(source_hash::conversation); }

}  // namespace domain
