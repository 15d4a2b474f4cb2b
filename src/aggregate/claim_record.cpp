#include <eventstore/aggregate/claim_record.hpp>

namespace eventstore {
inline namespace v1 {

void ClaimRecord::evolve(State& state, const ClaimTaken& event) { state.owner = event.owner; }

void ClaimRecord::evolve(State& state, const ClaimReleased& /*event*/) { state.owner.clear(); }

const AggregateType& claim_records() {
  static const auto records = aggregate<ClaimRecord>();
  return records;
}

}  // namespace v1
}  // namespace eventstore
