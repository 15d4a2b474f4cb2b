#pragma once
// Private to the projection layer: the documents that the events of a part make.
#include <eventstore/core/stream_id.hpp>
#include <eventstore/projection/part_rebuilder.hpp>

#include <optional>
#include <set>
#include <vector>

#include "event_states.hpp"

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time. Lifetime: borrows all but the part.
class PartFold {
 public:
  PartFold(const EventLog& log, const AggregateTypes& aggregates, const ProjectionType& projection, CollectionPart part)
      : log_{log},
        projection_{projection},
        part_{std::move(part)},
        schemas_{log},
        cache_{log, schemas_},
        states_{aggregates, cache_, schemas_},
        pending_{projection.shape} {
    for (const auto& aggregate : aggregates) schemas_.know(aggregate.events);
    for (const auto& stream : part_.all_streams()) sources_.push_back({StreamId::trusted(stream)});
    if (sources_.empty()) sources_.emplace_back();
  }

  /// The first event is that behind `version` of the one stream: the state up to there is kept by the log.
  void begin_behind(Version version) { sources_.front().next = version.value + 1; }

  /// Folds the part's events after those that were folded, up to `last`; those at `set_aside` are left out. Errors: the
  /// log's and the projection's; expired; stopped.
  Result<void> advance(Position last, const std::set<Position>& set_aside, const std::stop_token& stop);

  /// What the events so far make of no documents. Lifetime: its values share documents with this.
  [[nodiscard]] PendingDocuments::Taken documents() const { return PendingDocuments{pending_}.take(); }
  [[nodiscard]] std::uint64_t events() const { return events_; }

 private:
  struct Source {
    std::optional<StreamId> stream{};  // absent: the organization's events
    std::uint64_t next = 0;            // version of the stream, or position
  };

  [[nodiscard]] Result<Page> next_page(const Source& source) const;
  Result<void> advance(Source& source, Position last, const std::set<Position>& set_aside, const std::stop_token& stop);
  Result<void> project(const RecordedEvent& event);

  const EventLog& log_;
  const ProjectionType& projection_;
  const CollectionPart part_;
  SchemaReader schemas_;
  StateCache cache_;
  EventStates states_;
  Metadata metadata_{};
  PendingDocuments pending_;
  std::vector<Source> sources_{};
  std::uint64_t events_ = 0;
};

}  // namespace v1
}  // namespace eventstore
