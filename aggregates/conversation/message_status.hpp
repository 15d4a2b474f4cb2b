#pragma once
// The order of a message's statuses.
#include <aggregates/conversation/state.hpp>

namespace domain {

/// sent -> delivered -> read -> played, in one step or several; failed from sent and delivered, and nothing from
/// failed.
constexpr bool may_follow(MessageStatus now, MessageStatus next) {
  if (now == MessageStatus::failed || now == MessageStatus::played) return false;
  if (next == MessageStatus::played) return true;
  if (now == MessageStatus::read) return false;
  // These enumerators stand in this order: sent, delivered, read, failed.
  return next > now;
}

}  // namespace domain
