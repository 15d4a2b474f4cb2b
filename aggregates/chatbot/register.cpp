#include <aggregates/aggregates.hpp>
#include <aggregates/chatbot/chatbot.hpp>
#include <source_hash/chatbot.hpp>

namespace domain {

eventstore::AggregateType chatbot_type() { return eventstore::aggregate<Chatbot>(source_hash::chatbot); }

}  // namespace domain
