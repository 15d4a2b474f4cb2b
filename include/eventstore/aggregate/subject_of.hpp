#pragma once
// Whom the personal fields of a stream are about, where they name nobody themselves.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/core/stream_id.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// What the aggregate's `subject` says of `state`. The stream itself, like "delivery-7", where it says nothing: nobody
/// is named yet, and when somebody is, this too is about them. The stream's key where the aggregate has no `subject`.
[[nodiscard]] std::string subject_of(const AggregateType& type, const AnyState& state, const StreamId& stream);

/// Whether the events or the states of the aggregate have personal fields or secrets.
[[nodiscard]] bool has_personal_data(const AggregateType& type);

}  // namespace v1
}  // namespace eventstore
