#pragma once
// Statuses that come before their message. They wait in the state, in the order in which they came, and are taken by
// the message when it is there. The newest early_receipts_max of a conversation are kept.
#include <aggregates/conversation/message_ids.hpp>
#include <aggregates/conversation/state.hpp>

#include <vector>

namespace domain {

/// Whether `status` tells more of a message that is not there yet than the statuses that wait for it. `sent`, which
/// tells that the provider has accepted it, does once.
bool gets_further_early(const ConversationState& state, const std::string& message_id, MessageStatus status);

/// Keeps `early` if it tells more, or is the first to tell the price; the oldest gives way where too many wait.
void keep_early(ConversationState& state, const EarlyStatus& early);

/// The statuses that a message takes that begins as `first`: those that wait for it and that may follow, in order.
std::vector<EarlyStatus> early_steps(const ConversationState& state, const MessageNames& names, MessageStatus first);

/// The last metadata of the statuses that wait for the message which has the member `name`.
std::optional<eventstore::Json> early_metadata(const ConversationState& state, const MessageNames& names,
                                               std::string_view name);

/// Forgets what waits for the message.
void drop_early(ConversationState& state, const MessageNames& names);

}  // namespace domain
