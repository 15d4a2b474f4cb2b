#pragma once
// Who has a unique value, as an aggregate like any other: its streams are `claim-<collection>.<field>:<code>`, where
// the code stands for organization and value, and says neither.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// The value is the owner's from now on.
struct ClaimTaken {
  EVENTSTORE_EVENT(ClaimTaken, "Claimed", (std::string, owner));
};
/// The value is free.
struct ClaimReleased {
  EVENTSTORE_EVENT(ClaimReleased, "Released");
};

struct ClaimState {
  // The id of the owner's stream; empty where nobody has the value.
  EVENTSTORE_FIELDS(ClaimState, (std::string, owner));
};

/// A program that registers it, by `es::aggregate<es::ClaimRecord>()`, sees the states of claims everywhere.
struct ClaimRecord : AggregateOf<"claim", ClaimState, Events<ClaimTaken, ClaimReleased>> {
  static void evolve(State& state, const ClaimTaken& event);
  static void evolve(State& state, const ClaimReleased& event);
};

/// Its erased form. Lifetime: the program's.
const AggregateType& claim_records();

}  // namespace v1
}  // namespace eventstore
