#include <eventstore/app/state.hpp>
#include <eventstore/history/state_at.hpp>
#include <eventstore/history/steps.hpp>

#include "chosen_moment.hpp"
#include "past_stream.hpp"

namespace eventstore::app {

Result<ShownState> show_state(const Store& store, const ShowState& parameters) {
  EVENTSTORE_TRY_ASSIGN(const Moment moment, chosen_moment(parameters.at_version, parameters.at_time,
                                                           parameters.at_position, parameters.by));
  EVENTSTORE_TRY_ASSIGN(const auto past, past_stream(store, parameters.stream));
  const auto& [type, stream] = past;
  EVENTSTORE_TRY_ASSIGN(const auto found, version_at(store.log(), stream, moment));
  const bool is_present = std::holds_alternative<Present>(moment);
  EVENTSTORE_TRY_ASSIGN(const auto state, state_at(store.log(), store.schemas(), *type, stream,
                                                   is_present ? moment : Moment{found.version}, store.snapshots()));
  ShownState shown{
      stream.text(), state->organization, state->version.value, state->created_at, state->updated_at, {}, {}, {}};
  if (const auto& lacks = state->passed_over; lacks.events != 0)
    shown.passed_over = {lacks.events, lacks.type, lacks.first.value};
  EVENTSTORE_TRY_ASSIGN(shown.state.text, shown_state_json(store.log(), *type, stream, *state));
  if (found.backward) shown.note = found.note();
  return shown;
}

}  // namespace eventstore::app
