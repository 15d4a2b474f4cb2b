#include <aggregates/conversation/early_statuses.hpp>

#include <aggregates/common/early.hpp>
#include <aggregates/conversation/message_status.hpp>

namespace domain {

std::vector<MessageStatus> early_steps(const ConversationState& state, const std::string& message_id,
                                       MessageStatus first) {
  std::vector<MessageStatus> steps;
  if (!state.early_statuses) return steps;
  for (const auto& early : *state.early_statuses) {
    if (early.message_id != message_id || !may_follow(first, early.status)) continue;
    first = early.status;
    steps.push_back(first);
  }
  return steps;
}

// Every message begins as sent or as delivered, so what tells nothing after `sent` tells nothing at all.
bool gets_further_early(const ConversationState& state, const std::string& message_id, MessageStatus status) {
  const auto steps = early_steps(state, message_id, MessageStatus::sent);
  return may_follow(steps.empty() ? MessageStatus::sent : steps.back(), status);
}

void keep_early(ConversationState& state, const std::string& message_id, MessageStatus status) {
  if (!gets_further_early(state, message_id, status)) return;
  if (!state.early_statuses) state.early_statuses.emplace();
  keep_newest(*state.early_statuses, EarlyStatus{message_id, status});
}

void drop_early(ConversationState& state, const std::string& message_id) {
  if (!state.early_statuses) return;
  auto& all = *state.early_statuses;
  erase_if(all, [&](const auto& early) { return early.message_id == message_id; });
  if (all.empty()) state.early_statuses.reset();
}

}  // namespace domain
