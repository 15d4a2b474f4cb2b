#pragma once
// A run of events that a read gives, with the owner that keeps their bytes in place.
#include <eventstore/log/event.hpp>
#include <memory>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Lifetime: the views in `events` live as long as this page or a copy of it.
struct Page {
  std::vector<RecordedEvent> events;
  /// Where the next page begins, as a version (read_stream) or a position (read_all), in the direction of the read;
  /// meaningless once `at_end`.
  std::uint64_t next = 0;
  /// There was no further event in this direction when the page was read.
  bool at_end = true;
  std::shared_ptr<const void> pin;
};

}  // namespace v1
}  // namespace eventstore
