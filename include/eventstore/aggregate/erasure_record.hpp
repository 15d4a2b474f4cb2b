#pragma once
// What the log says about erased subjects, in the stream `erasure-ORGANIZATION`, as an aggregate like any other.
#include <cstdint>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/map.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// The subject's key was destroyed before this event was appended. Whoever opens the store destroys it again, should an
/// older copy of the key store have brought it back.
struct SubjectErased {
  EVENTSTORE_EVENT(SubjectErased, (std::string, subject));
};

struct ErasureState {
  EVENTSTORE_FIELDS(ErasureState, (Map<Timestamp>, erased_at));
};

struct ErasureRecord : AggregateOf<"erasure", ErasureState, Events<SubjectErased>> {
  static void evolve(State& state, const SubjectErased& event, const Metadata& metadata);
};

}  // namespace v1
}  // namespace eventstore
