#pragma once
// What a projection's worker does at an event at which the projection gives an error.
#include <cstdint>

namespace eventstore {
inline namespace v1 {

/// A projection declares it: `static constexpr auto on_failure = es::OnFailure::set_aside;`. It is about errors that
/// belong to the event: code that throws, the projection's or an aggregate's evolve(), and data that cannot be read.
enum class OnFailure : std::uint8_t {
  /// The collection stays before the event.
  stop,
  /// The event is set aside, and the collection goes on without it. What later events write is right all the same:
  /// handlers get `es::Puts<Document>&`, and each of its operations says all of its document. Handlers of any
  /// projection may be written so.
  set_aside,
  /// The same for handlers that patch and increment. These build on the documents as they are, so what a set-aside
  /// event would have added is missing in them for good, until a rebuild.
  set_aside_although_incomplete,
};

}  // namespace v1
}  // namespace eventstore
