#pragma once
// Private to this layer: whether an event is one that a query wants.
#include <eventstore/history/find_events.hpp>
#include <eventstore/log/metadata.hpp>
#include <string>
#include <unordered_map>
#include "data_matcher.hpp"

namespace eventstore {
inline namespace v1 {

/// Cheap questions come first. Threads: one at a time; each has a matcher of its own.
class EventMatcher {
 public:
  /// Lifetime: borrows all of them.
  EventMatcher(const EventLog& log, const SchemaReader& schemas, const EventQuery& query, const TextSearch& text)
      : log_{log}, query_{query}, data_{schemas, query.where, text} {}

  /// Errors: as find_events.
  Result<bool> matches(const RecordedEvent& event);
  /// Forgets the streams of the events so far, so that memory stays bounded.
  void begin_range() { clocks_.clear(); }

 private:
  struct Clock {
    Version version;
    Timestamp created_at;
  };

  [[nodiscard]] bool is_in_time(const RecordedEvent& event) const;
  Result<bool> is_by_those(const RecordedEvent& event);
  Result<bool> runs_backward(const RecordedEvent& event);
  Result<std::optional<Timestamp>> created_before(const RecordedEvent& event) const;

  const EventLog& log_;
  const EventQuery& query_;
  DataMatcher data_;
  Metadata metadata_;
  std::unordered_map<std::string, Clock> clocks_;
};

}  // namespace v1
}  // namespace eventstore
