#pragma once
// What becomes of a message after it was written: it is edited, revoked, reacted to. The newest edit counts and the
// newest sign of each sender, by the times at which they happened; what is revoked stays so. Changes that come before
// their message wait for it, those of the newest early_receipts_max messages.
#include <aggregates/conversation/message_ids.hpp>
#include <aggregates/conversation/state.hpp>

namespace domain {

/// Whether an edit of that time is newer than what is known of the message `id`.
bool is_newest_edit(const ConversationState& state, const std::string& id, eventstore::Timestamp at);
bool is_revoked(const ConversationState& state, const std::string& id);
/// The sign that the sender has put on the message; null where there is none.
const std::string* reaction_of(const ConversationState& state, const std::string& id, const std::string& sender_id);

void edit_message(ConversationState& state, const MessageEdited& event, eventstore::Timestamp at);
void revoke_message(ConversationState& state, const MessageRevoked& event, eventstore::Timestamp at);
void react_to_message(ConversationState& state, const MessageReacted& event, eventstore::Timestamp at);

/// What waits for the message; null where nothing does. Of changes under two names, those that came first.
const EarlyChange* early_change(const ConversationState& state, const MessageNames& names);

/// Gives the message what waits for it.
void take_early_change(ConversationState& state, const MessageNames& names);

}  // namespace domain
