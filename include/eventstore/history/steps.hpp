#pragma once
// A stream's life event by event, with the state before and after each: what everything in this layer is made from.
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/log/metadata.hpp>

namespace eventstore {
inline namespace v1 {

/// One event of a stream with the states around it. Lifetime: the call's.
struct Step {
  const RecordedEvent& event;
  const Metadata& metadata;
  const AnyState& before;
  const AnyState& after;
};

/// The versions whose steps are wanted.
struct StepRange {
  Version first{1};
  Version last = no_version_limit;
};

/// Called with each step in turn; false ends the walk after it.
using OnStep = FunctionRef<bool(const Step&)>;

/// Walks the events of `stream` in `range`, in their order. Where retention dropped the first events and kept the state
/// after them, the walk begins behind these, and `before` is that state. A stream that does not exist has no steps.
/// Errors: as load_state and AnyState::apply; user_exception, for what `on_step` throws; out_of_memory. Cost: one
/// load of the state before the range, by a snapshot where there is one; then one read of its events, and for each
/// one an apply and an assign of the state.
Result<void> each_step(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                       const StreamId& stream, const StepRange& range, OnStep on_step, Snapshots* snapshots = nullptr);

/// What the step's event changed; nothing, where this build does not know its type and passed it over. Throws
/// std::bad_alloc. Cost: as changes_between.
[[nodiscard]] Changes changes_of(const Step& step);

/// The JSON of `state`, of an aggregate with a state. Errors: out_of_memory.
Result<std::string> state_json(const AggregateType& type, const AnyState& state);

/// The same for people: "erased" stands for each personal value and each secret that was erased; of a stream whose
/// first events retention dropped, for each one that has its default and whose subject was erased. `log` has `stream`,
/// whose state it is. Errors: also those of the key store. Cost: a fold of the stream, where a subject was erased.
Result<std::string> shown_state_json(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                     const AnyState& state);

}  // namespace v1
}  // namespace eventstore
