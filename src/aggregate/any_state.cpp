#include <eventstore/aggregate/any_state.hpp>

namespace eventstore::inline v1 {

void AnyState::advance(const RecordedEvent& event) {
  if (version == Version{0}) {
    created_at = event.created_at;
    tenant = event.tenant;
  }
  version = event.version;
  position = event.position;
  updated_at = event.created_at;
}

namespace detail {

tl::unexpected<Error> unknown_event(const RecordedEvent& event) {
  return failure(Error{Errc::unknown_event_type, "replay", std::string{event.stream},
                       "this build does not know " + std::string{event.type} +
                           ": add it to the aggregate's events, or use the build that wrote it",
                       event.position});
}

tl::unexpected<Error> user_exception(const RecordedEvent& event, const char* what) {
  return failure(Error{Errc::user_exception, "evolve " + std::string{event.type}, std::string{event.stream}, what,
                       event.position});
}

}  // namespace detail
}  // namespace eventstore::inline v1
