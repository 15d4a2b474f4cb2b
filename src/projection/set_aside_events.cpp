#include <eventstore/projection/set_aside_events.hpp>

#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/projection/status.hpp>

#include "event_states.hpp"
#include "lane.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> refuse(const ProjectionType& projection, std::string reason, Position position = {}) {
  return failure(Error{Errc::refused, "retry event", projection.name(), std::move(reason), position});
}

std::string to_rebuild(const ProjectionType& projection) { return ": run `project rebuild " + projection.name() + "`"; }

}  // namespace

Result<std::optional<SetAsideEvent>> SetAsideEvents::retry(const ProjectionType& projection, Position position) {
  return detail::guarded("retry event", projection.name(), [&]() -> Result<std::optional<SetAsideEvent>> {
    EVENTSTORE_TRY_ASSIGN(auto event, find(projection, position));
    EVENTSTORE_TRY(check_may_write(projection));
    auto made = project(projection, position);
    CollectionBatch batch{&projection.shape, projection.name(), {}};
    if (made && !made->writes.empty())
      return refuse(projection,
                    "later events may have written the documents that this one writes, and it would overwrite them" +
                        to_rebuild(projection),
                    position);
    if (made) {
      batch.appended = std::move(made->appended);
      batch.settled.push_back(position);
      batch.folded.push_back({event.stream.substr(0, event.stream.find('-')), event.type, 1});
      EVENTSTORE_TRY(commit(projection, std::move(batch)));
      return std::optional<SetAsideEvent>{};
    }
    if (!belongs_to_event(made.error().code)) return failure_of(made);
    ++event.attempts;
    event.noted_at = clock_.now();
    event.error = made.error();
    event.error.at = position;
    batch.set_aside.push_back(event);
    EVENTSTORE_TRY(commit(projection, std::move(batch)));
    return std::optional{std::move(event)};
  });
}

Result<void> SetAsideEvents::drop(const ProjectionType& projection, Position position) {
  return detail::guarded("drop event", projection.name(), [&]() -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(auto event, find(projection, position));
    event.is_dropped = true;
    CollectionBatch batch{&projection.shape, projection.name(), {}};
    batch.set_aside.push_back(std::move(event));
    return commit(projection, std::move(batch));
  });
}

Result<std::uint64_t> SetAsideEvents::forget_messages(const ProjectionType& projection,
                                                      const std::set<std::string>& streams) {
  return detail::guarded("forget messages", projection.name(), [&]() -> Result<std::uint64_t> {
    EVENTSTORE_TRY_ASSIGN(auto events, collections_.set_aside(projection.name()));
    CollectionBatch batch{&projection.shape, projection.name(), {}};
    for (auto& event : events) {
      if (!streams.contains(event.stream)) continue;
      event.error.where = projection.name();
      event.error.detail = "the message was removed, because it may have quoted the event";
      batch.set_aside.push_back(std::move(event));
    }
    const auto count = batch.set_aside.size();
    if (count != 0) EVENTSTORE_TRY(commit(projection, std::move(batch)));
    return std::uint64_t{count};
  });
}

Result<SetAsideEvent> SetAsideEvents::find(const ProjectionType& projection, Position position) {
  EVENTSTORE_TRY_ASSIGN(auto events, collections_.set_aside(projection.name()));
  for (auto& event : events)
    if (event.position == position) return std::move(event);
  return failure(Error{Errc::not_found, "find dead letter", projection.name(),
                       "the projection has set aside no event at this position", position});
}

// Documents of other code, or of another history, stay as they are.
Result<void> SetAsideEvents::check_may_write(const ProjectionType& projection) {
  using Health = ProjectionStatus::Health;
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections_.checkpoint(projection.name()));
  if (!checkpoint) return failure(Errc::not_found, "retry event", projection.name(), "the collection does not exist");
  EVENTSTORE_TRY_ASSIGN(const auto status, judge(log_, projection, *checkpoint, aggregates_.all()));
  if (status.health == Health::stale || status.health == Health::foreign)
    return refuse(projection, "its other documents were not made by this build from this log (" + status.reason + ")" +
                                  to_rebuild(projection));
  if (status.health == Health::building) return refuse(projection, "it is still being built: try again afterwards");
  return {};
}

// What the event alone makes.
Result<PendingDocuments::Taken> SetAsideEvents::project(const ProjectionType& projection, Position position) {
  EVENTSTORE_TRY_ASSIGN(const Page page, log_.read_all({.from = position, .limit = 1}));
  if (page.events.empty() || page.events.front().position != position)
    return failure(Error{Errc::not_found, "retry event", projection.name(), "the log has no such event", position});
  const auto& event = page.events.front();
  SchemaReader schemas{log_};
  for (const auto& aggregate : aggregates_) schemas.know(aggregate.events);
  StateCache cache{log_, schemas};
  EventStates states{aggregates_, cache, schemas};
  Metadata metadata;
  EVENTSTORE_TRY(metadata_into(event, metadata));
  EVENTSTORE_TRY_ASSIGN(const auto around, states.around(event, metadata));
  if (around.is_lost && !projection.reads_everything())
    return refuse(projection, "retention dropped the first events of its stream without keeping the state", position);
  const AnyChange change{event,   metadata,      around.type, *around.states.before, *around.states.after,
                         schemas, around.is_lost};
  if (change.is_unknown() && !projection.reads_everything())
    return failure(Error{Errc::unknown_event_type, "retry event", projection.name(), held_by(event), position});
  PendingDocuments pending{projection.shape};
  pending.set_organization(event.organization);
  EVENTSTORE_TRY(projection.project(change, pending));
  return pending.take();
}

// At the place where the collection is: a worker that moves it is met again a few times at most.
Result<void> SetAsideEvents::commit(const ProjectionType& projection, CollectionBatch batch) {
  constexpr int tries_max = 100;
  for (int tries = 1;; ++tries) {
    EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections_.checkpoint(projection.name()));
    if (!checkpoint) return failure(Errc::not_found, "retry event", projection.name(), "the collection does not exist");
    batch.from = checkpoint->position;
    batch.to = *checkpoint;
    auto committed = collections_.commit({&batch, 1});
    if (committed || committed.error().code != Errc::locked || tries == tries_max) return committed;
  }
}

}  // namespace v1
}  // namespace eventstore
