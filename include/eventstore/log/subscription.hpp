#pragma once
// Reads all events from a position on, and then new events as they come: one loop does both.
#include <eventstore/log/event_log.hpp>

namespace eventstore {
inline namespace v1 {

/// The caller pulls each page, so it sets the pace. Threads: one at a time.
class Subscription {
 public:
  /// Gives events after `seen`, at most `page_limit` at a time. `log` outlives the subscription.
  Subscription(const EventLog& log, Position seen, Filter filter = {}, std::size_t page_limit = 1024)
      : log_{log}, next_{seen.next()}, filter_{std::move(filter)}, page_limit_{page_limit} {}

  /// The next page with an event in it; waits for one when all existing events have been given.
  /// Errors: stopped, when `stop` is requested first; those of EventLog::read_all.
  Result<Page> next(std::stop_token stop);

  /// Every event up to here has been given or withheld by the filter: where to subscribe again.
  [[nodiscard]] Position seen() const { return Position{next_.value - 1}; }

 private:
  const EventLog& log_;
  Position next_;
  Filter filter_;
  std::size_t page_limit_;
};

}  // namespace v1
}  // namespace eventstore
