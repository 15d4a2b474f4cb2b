#include <eventstore/app/diff.hpp>
#include <eventstore/history/state_at.hpp>
#include <eventstore/history/steps.hpp>

#include "past_stream.hpp"

namespace eventstore::app {
namespace {

// A state as it was at a moment.
struct Side {
  Version version;
  std::string json;
};

Result<Side> side_at(const Store& store, const PastStream& past, const Moment& moment,
                     std::vector<std::string>& notes) {
  EVENTSTORE_TRY_ASSIGN(const auto found, version_at(store.log(), past.stream, moment));
  if (found.backward) notes.push_back(found.note());
  EVENTSTORE_TRY_ASSIGN(const auto state, state_at(store.log(), store.schemas(), *past.type, past.stream, found.version,
                                                   store.snapshots()));
  EVENTSTORE_TRY_ASSIGN(auto json, shown_state_json(store.log(), *past.type, past.stream, *state));
  return Side{found.version, std::move(json)};
}

std::optional<Json> side_of(const std::string& json) {
  return json.empty() ? std::optional<Json>{} : std::optional{Json{json}};
}

}  // namespace

Result<DiffedStates> diff_states(const Store& store, const DiffStates& parameters) {
  EVENTSTORE_TRY_ASSIGN(const Moment a, parse_moment(parameters.a, parameters.by));
  EVENTSTORE_TRY_ASSIGN(const Moment b, parse_moment(parameters.b, parameters.by));
  EVENTSTORE_TRY_ASSIGN(const auto past, past_stream(store, parameters.stream));
  DiffedStates diffed;
  EVENTSTORE_TRY_ASSIGN(const Side before, side_at(store, past, a, diffed.notes));
  EVENTSTORE_TRY_ASSIGN(const Side after, side_at(store, past, b, diffed.notes));
  diffed.a = before.version;
  diffed.b = after.version;
  EVENTSTORE_TRY_ASSIGN(const auto differences,
                        differences_between(past.type->state_schema->type, before.json, after.json));
  for (const auto& each : differences)
    diffed.rows.push_back({each.path.text(), each.kind, side_of(each.before), side_of(each.after)});
  diffed.patch = json_patch(differences);
  return diffed;
}

}  // namespace eventstore::app
