#pragma once
// Statuses that come before their message. They wait in the state, in the order in which they came, and are taken by
// the message when it is there. The newest early_receipts_max of a conversation are kept.
#include <aggregates/conversation/state.hpp>

#include <vector>

namespace domain {

/// Whether `status` tells more of a message that is not there yet than the statuses that wait for it.
bool gets_further_early(const ConversationState& state, const std::string& message_id, MessageStatus status);

/// Keeps `status` if it tells more; the oldest gives way where too many wait.
void keep_early(ConversationState& state, const std::string& message_id, MessageStatus status);

/// The statuses that a message takes that begins as `first`: those that wait for it and that may follow, in order.
std::vector<MessageStatus> early_steps(const ConversationState& state, const std::string& message_id,
                                       MessageStatus first);

/// Forgets what waits for the message.
void drop_early(ConversationState& state, const std::string& message_id);

}  // namespace domain
