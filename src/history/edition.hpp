#pragma once
// Private to the history layer: an edited history as runs of recorded events and events of its own.
#include <eventstore/history/edited_stream.hpp>

#include <deque>

namespace eventstore {
inline namespace v1 {

/// An event that was never recorded. Lifetime: `event` has views of the other members, so that it stays at its place.
struct OwnEvent {
  Bytes metadata;
  Bytes data;
  std::string type;
  std::string organization;
  RecordedEvent event{};

  OwnEvent() = default;
  OwnEvent(const OwnEvent&) = delete;
  OwnEvent& operator=(const OwnEvent&) = delete;
  ~OwnEvent() = default;
};

/// Threads: immutable once it is made.
struct EditedStream::Edition {
  /// Events that follow one another in both histories.
  struct Run {
    Version first;                  // in the edited history
    Version last;                   // likewise
    Version recorded_first;         // in the recorded one
    std::uint64_t shift = 0;        // of their positions
    const OwnEvent* own = nullptr;  // an event of its own, alone; otherwise they are recorded
  };

  StreamId stream;
  std::string organization;
  std::vector<Run> runs{};  // without gaps
  std::deque<OwnEvent> own{};
  std::vector<EditedPlace> places{};
  std::vector<const Schema*> added_schemas{};  // of the own events
  Version before_first{};                      // the last version that retention dropped
  Version recorded_head{};
  Version edited_head{};
  Position first{};  // of the first event that is there
  Position last{};   // of the last one
};

/// Reads the data of `edit` for an event of `type` into `own`. `recorded` is the event that is replaced; null for one
/// that is inserted. The schema to be known for it, if it is one of today. Errors: as EditedStream::make.
Result<const Schema*> read_edited_data(const AggregateType& type, const SchemaReader& schemas, const StreamEdit& edit,
                                       const RecordedEvent* recorded, OwnEvent& own);

}  // namespace v1
}  // namespace eventstore
