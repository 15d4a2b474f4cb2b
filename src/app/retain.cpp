#include <eventstore/aggregate/stored_state.hpp>
#include <eventstore/app/retain.hpp>
#include <eventstore/app/store.hpp>

#include <fmt/format.h>

#include <map>

#include "unless_zero.hpp"

namespace eventstore::app {
namespace {

// The states at the end of the events that are to be dropped.
class States {
 public:
  explicit States(Store& store) : store_{store} {}

  Result<std::optional<StateToKeep>> of(const StreamToDrop& at) {
    const auto type = find_aggregate(store_.model(), at.stream.category());
    if (!type)
      return failure(
          Errc::unknown_event_type, "keep the state", at.stream.text(),
          fmt::format("this build does not know the category {}: nothing was dropped; use a build that does, "
                      "or give --without-states",
                      at.stream.category()));
    auto state = load(**type, at);
    // Lost with an earlier drop: nothing more can be lost of it.
    if (!state && state.error().code == Errc::expired) return std::optional<StateToKeep>{};
    if (!state) {
      state.error().detail += ": nothing was dropped; --without-states drops without keeping states";
      return failure_of(state);
    }
    if (const auto& lacks = (*state)->passed_over; lacks.events != 0)
      return failure(
          Error{Errc::unknown_event_type, "keep the state", at.stream.text(),
                fmt::format("this build does not know {}, so its state is without that: nothing was dropped; "
                            "use a build that does, or give --without-states",
                            lacks.to_string()),
                lacks.first});
    StateToKeep kept{origin_of(**type, at.stream.category()), (*state)->created_at, (*state)->updated_at, {}};
    EVENTSTORE_TRY_ASSIGN(kept.state, stored_state(store_.log(), **type, at.stream, **state));
    return std::optional{std::move(kept)};
  }

 private:
  // A snapshot is a cache: it counts only where the log alone does not say.
  [[nodiscard]] Result<std::unique_ptr<AnyState>> load(const AggregateType& type, const StreamToDrop& at) const {
    auto state = load_state(store_.log(), store_.schemas(), type, at.stream, at.last);
    if (state || state.error().code != Errc::expired || store_.snapshots() == nullptr) return state;
    return load_state(store_.log(), store_.schemas(), type, at.stream, at.last, store_.snapshots());
  }

  std::shared_ptr<const StateOrigin> origin_of(const AggregateType& type, std::string_view category) {
    auto& origin = origins_[std::string{category}];
    if (origin != nullptr) return origin;
    StateOrigin made{std::string{category}, {}, {}, type.fingerprint};
    if (type.state_schema != nullptr) {
      made.schema = type.state_schema->id;
      made.descriptor = type.state_schema->descriptor;
    }
    origin = std::make_shared<const StateOrigin>(std::move(made));
    return origin;
  }

  Store& store_;
  std::map<std::string, std::shared_ptr<const StateOrigin>> origins_;
};

Result<RetentionReport> drop(Store& store, RetentionPolicy policy, States& states) {
  policy.dry_run = true;
  EVENTSTORE_TRY_ASSIGN(const auto planned, store.log().retain(policy));
  // No more than this, if a segment is finished in the meantime: the documents are kept up to here.
  policy.last_most = planned.last;
  if (planned.segments != 0) {
    auto kept = store.keep_dropped(planned.last);
    if (!kept)
      kept.error().detail += ": nothing was dropped; --without-states drops without keeping documents or states";
    EVENTSTORE_TRY(std::move(kept));
  }
  policy.dry_run = false;
  policy.state_of = [&](const StreamToDrop& at) { return states.of(at); };
  auto done = store.log().retain(policy);
  if (!done && done.error().code == Errc::out_of_space)
    done.error().detail += "; a drop needs room for the states that it keeps: make room, or give --without-states";
  return done;
}

}  // namespace

Result<Retained> retain(Store& store, const Retain& parameters) {
  using Action = RetentionPolicy::Action;
  RetentionPolicy policy;
  policy.action = parameters.action == RetainAction::drop ? Action::drop : Action::archive;
  policy.before = parameters.before;
  policy.dry_run = parameters.dry_run;
  const bool keeps_states =
      parameters.action == RetainAction::drop && !parameters.dry_run && !parameters.without_states;
  States states{store};
  EVENTSTORE_TRY_ASSIGN(const auto done, keeps_states ? drop(store, policy, states) : store.log().retain(policy));
  Retained retained{};
  retained.action = done.action == Action::drop ? RetainAction::drop : RetainAction::archive;
  retained.dry_run = done.dry_run;
  retained.segments = done.segments;
  if (done.segments != 0) {
    retained.first_position = done.first.value;
    retained.last_position = done.last.value;
    retained.recorded_from = done.first_recorded_at;
    retained.recorded_to = done.last_recorded_at;
    retained.bytes = done.bytes;
  }
  retained.archived_bytes = unless_zero(done.archived_bytes);
  retained.ahead_of_clock = unless_zero(done.ahead_of_clock);
  retained.expired_position = done.expired.value;
  retained.streams_without_state = unless_zero(done.streams_unkept);
  return retained;
}

}  // namespace eventstore::app
