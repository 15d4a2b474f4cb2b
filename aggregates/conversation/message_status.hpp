#pragma once
// The order of a message's statuses.
#include <aggregates/conversation/state.hpp>

namespace domain {

/// sent -> delivered -> read, in one step or two; failed from sent and delivered, and nothing from failed.
constexpr bool may_follow(MessageStatus now, MessageStatus next) {
  if (now == MessageStatus::read || now == MessageStatus::failed) return false;
  // The enumerators stand in this order: sent, delivered, read, failed.
  return next > now;
}

}  // namespace domain
