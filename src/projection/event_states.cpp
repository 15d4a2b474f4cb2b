#include "event_states.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// A category that this build does not know: its events reach projections of everything, without state.
const AggregateType& stateless() {
  static const AggregateType type = [] {
    AggregateType made{};
    made.new_state = [] { return std::make_unique<NoState>(); };
    return made;
  }();
  return type;
}

}  // namespace

Result<EventStates::Around> EventStates::around(const RecordedEvent& event, const Metadata& metadata) {
  const auto* const type = aggregates_.find(event.stream.substr(0, event.stream.find('-')));
  auto known = cache_.enter(event, metadata, type == nullptr ? stateless() : *type);
  if (known) return Around{type, *known, false};
  if (known.error().code != Errc::expired) return failure_of(known);
  lost_before_.version = lost_after_.version = Version{event.version.value - 1};
  EVENTSTORE_TRY(lost_after_.apply(event, metadata, schemas_));
  return Around{type, {&lost_before_, &lost_after_}, true};
}

}  // namespace v1
}  // namespace eventstore
