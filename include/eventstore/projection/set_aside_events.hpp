#pragma once
// What a person decides about events that a projection has set aside: to try one again, or to leave it.
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace eventstore {
inline namespace v1 {

/// Collections::set_aside() lists the events. A worker may move the collection meanwhile.
/// Threads: one at a time. Lifetime: shares the aggregates and borrows the rest.
class SetAsideEvents {
 public:
  SetAsideEvents(const EventLog& log, AggregateTypes aggregates, Collections& collections, const Clock& clock)
      : log_{log}, aggregates_{std::move(aggregates)}, collections_{collections}, clock_{clock} {}

  /// Projects the event at `position` again, alone. Absent: its documents are there, and it is no longer set aside;
  /// otherwise it stays so, with the error that the projection gave now. This is right for documents that the
  /// projection appends, each under the key of its event: no other event writes them. Every other document may have
  /// been written by later events, which the one before would overwrite. Errors, after which the event stays as it was:
  /// not_found, where it is not set aside; refused, saying why a rebuild is needed: its documents are not appended, or
  /// the collection is not the one that the projection would make now; refused, too, while the collection is being
  /// built; expired, where retention dropped the event; as Collections::commit. Cost: a replay of the event's stream up
  /// to it.
  Result<std::optional<SetAsideEvent>> retry(const ProjectionType& projection, Position position);

  /// Decides that the documents stay without the event: it is remembered as dropped, and the collection is well without
  /// it. It may still be retried, and a rebuild tries it anew. Errors: not_found; as Collections::commit.
  Result<void> drop(const ProjectionType& projection, Position position);

  /// Removes the messages of the errors at events of `streams`, which may quote these events; they stay set aside.
  /// Gives the number of them. Errors: not_found, where the collection does not exist; as Collections::commit.
  Result<std::uint64_t> forget_messages(const ProjectionType& projection, const std::set<std::string>& streams);

 private:
  Result<SetAsideEvent> find(const ProjectionType& projection, Position position);
  Result<PendingDocuments::Taken> project(const ProjectionType& projection, Position position);
  Result<void> check_may_write(const ProjectionType& projection);
  Result<void> commit(const ProjectionType& projection, CollectionBatch batch);

  const EventLog& log_;
  const AggregateTypes aggregates_;
  Collections& collections_;
  const Clock& clock_;
};

}  // namespace v1
}  // namespace eventstore
