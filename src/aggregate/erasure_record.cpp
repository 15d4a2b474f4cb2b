#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/log/metadata.hpp>

namespace eventstore {
inline namespace v1 {

void ErasureRecord::evolve(State& state, const SubjectErased& event, const Metadata& metadata) {
  state.erased_at.insert_or_assign(event.subject, metadata.created_at);
}

}  // namespace v1
}  // namespace eventstore
