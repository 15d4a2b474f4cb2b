#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/app/state.hpp>
#include <eventstore/history/state_at.hpp>
#include <eventstore/history/steps.hpp>

namespace eventstore::app {
namespace {

Result<std::unique_ptr<AnyState>> load(const Store& store, const AggregateType& type, const StreamId& stream,
                                       const ShowState& parameters) {
  if (parameters.at_version && parameters.at_time)
    return failure(Errc::invalid_argument, "show state", stream.text(), "give a version or a time, not both");
  if (parameters.at_version)
    return state_at(store.log(), store.schemas(), type, stream, Version{*parameters.at_version}, store.snapshots());
  if (parameters.at_time)
    return state_at(store.log(), store.schemas(), type, stream, *parameters.at_time, store.snapshots());
  return state_now(store.log(), store.schemas(), type, stream, store.snapshots());
}

}  // namespace

Result<ShownState> show_state(const Store& store, const ShowState& parameters) {
  EVENTSTORE_TRY_ASSIGN(const StreamId asked, parse_stream(store.model(), parameters.stream));
  EVENTSTORE_TRY_ASSIGN(const auto* const type, find_aggregate(store.model(), asked.category()));
  EVENTSTORE_TRY(check_readable(store.log(), store.schemas(), *type, store.model().aggregates));
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, stream_of(store.log(), *type, asked.key()));
  EVENTSTORE_TRY_ASSIGN(const auto state, load(store, *type, stream, parameters));
  ShownState shown{
      stream.text(), state->organization, state->version.value, state->created_at, state->updated_at, {}, {}};
  if (const auto& lacks = state->passed_over; lacks.events != 0)
    shown.passed_over = {lacks.events, lacks.type, lacks.first.value};
  if (type->state_schema != nullptr) {
    EVENTSTORE_TRY_ASSIGN(shown.state.emplace().text, state_json(*type, *state));
  }
  return shown;
}

}  // namespace eventstore::app
