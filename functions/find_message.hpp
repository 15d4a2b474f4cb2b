#pragma once
// Private to the functions: which conversation has a message.
#include <eventstore/app/function.hpp>

namespace domain {

/// The key of the organization's conversation that has the message `message_id`; of several, that which got it last.
/// The answer is the log's, whether projections ran or not: a collection that may be believed spares only the reading
/// of what it has read. Errors: not_found; expired, where retention dropped events that may have had it; as
/// EventLog::read_all. Cost: reads the conversations' events from the head back to the message, or to where the
/// collection ends; all of them where nothing has the message.
eventstore::Result<std::string> conversation_of(const eventstore::AskContext& context, const std::string& message_id);

}  // namespace domain
