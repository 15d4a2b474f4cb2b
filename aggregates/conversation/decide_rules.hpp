#pragma once
// Refusals that all commands of a conversation share.
#include <aggregates/common/checks.hpp>
#include <aggregates/conversation/state.hpp>
#include <eventstore/aggregate/decision.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace domain {

/// Statuses in which somebody may still write to the contact.
inline constexpr std::initializer_list<ConversationStatus> until_closed = {
    ConversationStatus::open, ConversationStatus::waiting, ConversationStatus::escalated, ConversationStatus::resolved};

inline std::optional<eventstore::Refusal> if_deleted(const ConversationState& state) {
  if (state.deleted_at) return eventstore::refuse("deleted", "the conversation is deleted");
  return std::nullopt;
}

/// Refuses on a deleted conversation, and on one whose status is none of `allowed`.
inline std::optional<eventstore::Refusal> unless(const ConversationState& state,
                                                 std::initializer_list<ConversationStatus> allowed,
                                                 std::string_view cannot) {
  if (auto problem = if_deleted(state)) return problem;
  if (std::find(allowed.begin(), allowed.end(), state.status) != allowed.end()) return std::nullopt;
  return wrong_status(to_string(state.status), "conversation cannot " + std::string{cannot});
}

}  // namespace domain
