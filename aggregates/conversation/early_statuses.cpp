#include <aggregates/conversation/early_statuses.hpp>

#include <aggregates/common/early.hpp>
#include <aggregates/conversation/message_status.hpp>
#include <aggregates/conversation/told.hpp>

#include <algorithm>

namespace domain {

std::vector<EarlyStatus> early_steps(const ConversationState& state, const MessageNames& names, MessageStatus first) {
  std::vector<EarlyStatus> steps;
  if (!state.early_statuses) return steps;
  for (const auto& early : *state.early_statuses) {
    if (!names.has(early.message_id) || !may_follow(first, early.status)) continue;
    first = early.status;
    steps.push_back(early);
  }
  return steps;
}

std::optional<eventstore::Json> early_metadata(const ConversationState& state, const MessageNames& names,
                                               std::string_view name) {
  std::optional<eventstore::Json> newest;
  if (!state.early_statuses) return newest;
  for (const auto& early : *state.early_statuses)
    if (names.has(early.message_id) && member_of(early.metadata, name)) newest = early.metadata;
  return newest;
}

// Every message begins as sent or as delivered, so what tells nothing after `sent` tells nothing at all.
bool gets_further_early(const ConversationState& state, const std::string& message_id, MessageStatus status) {
  if (status == MessageStatus::sent)
    return !state.early_statuses ||
           std::none_of(state.early_statuses->begin(), state.early_statuses->end(),
                        [&](const EarlyStatus& early) { return early.message_id == message_id; });
  const auto steps = early_steps(state, {message_id}, MessageStatus::sent);
  return may_follow(steps.empty() ? MessageStatus::sent : steps.back().status, status);
}

namespace {

// A status that comes too late may be the first to tell what the message costs.
bool tells_price(const ConversationState& state, const EarlyStatus& early) {
  constexpr std::string_view price = "pricing";
  return member_of(early.metadata, price) && !early_metadata(state, {early.message_id}, price);
}

}  // namespace

void keep_early(ConversationState& state, const EarlyStatus& early) {
  if (!gets_further_early(state, early.message_id, early.status) && !tells_price(state, early)) return;
  if (!state.early_statuses) state.early_statuses.emplace();
  keep_newest(*state.early_statuses, early);
}

void drop_early(ConversationState& state, const MessageNames& names) {
  if (!state.early_statuses) return;
  auto& all = *state.early_statuses;
  erase_if(all, [&](const auto& early) { return names.has(early.message_id); });
  if (all.empty()) state.early_statuses.reset();
}

}  // namespace domain
