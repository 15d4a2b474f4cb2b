#include <eventstore/core/detail/guarded.hpp>

#include "lane.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
std::string_view to_string(ProjectionStatus::Health health) {
  switch (health) {
    case ProjectionStatus::Health::live: return "live";
    case ProjectionStatus::Health::building: return "building";
    case ProjectionStatus::Health::missing: return "missing";
    case ProjectionStatus::Health::stale: return "stale";
    case ProjectionStatus::Health::foreign: return "foreign";
    case ProjectionStatus::Health::expired: return "expired";
    case ProjectionStatus::Health::held: return "held";
    case ProjectionStatus::Health::failed: return "failed";
    case ProjectionStatus::Health::waiting: return "waiting";
  }
  return "unknown";
}

bool is_unwell(ProjectionStatus::Health health) {
  return health != ProjectionStatus::Health::live && health != ProjectionStatus::Health::building;
}

bool is_unwell(const ProjectionStatus& status) { return is_unwell(status.health) || status.set_aside.open != 0; }

Result<ProjectionStatus> judge(const EventLog& log, const ProjectionType& projection, const Checkpoint& checkpoint,
                               std::span<const AggregateType> aggregates) {
  using Health = ProjectionStatus::Health;
  ProjectionStatus status{};
  status.name = projection.name();
  status.position = checkpoint.position;
  status.passed_over = checkpoint.passed_over;
  status.set_aside = checkpoint.set_aside;
  status.health = checkpoint.building ? Health::building : Health::live;
  if (checkpoint.store_id != log.store_id()) {
    status.health = Health::foreign;
    status.reason = "made from another log";
    return status;
  }
  const auto checksum = log.checksum_at(checkpoint.position);
  const bool is_expired = !checksum && checksum.error().code == Errc::expired;
  if (!checksum && !is_expired && checksum.error().code != Errc::not_found)
    return tl::unexpected<Error>{checksum.error()};
  if (!is_expired && (!checksum || *checksum != checkpoint.checksum)) {
    status.health = Health::foreign;
    status.reason = "the log no longer has the history from which the collection was made";
  } else if (auto differing = differing_parts(log, checkpoint, projection, aggregates); !differing.empty()) {
    status.health = Health::stale;
    status.reason = std::move(differing);
  } else if (const auto known = std::ranges::find_if(checkpoint.passed_over,
                                                     [&](const auto& each) { return is_known(each, aggregates); });
             known != checkpoint.passed_over.end()) {
    status.health = Health::stale;
    status.reason = fmt::format("it passed over {} {}, a type that this build knows", known->type,
                                known->events == 1 ? "once" : fmt::format("{} times", known->events));
  } else if (is_expired) {
    status.health = Health::expired;
    status.reason = checksum.error().detail + "; this collection ends at position " +
                    std::to_string(checkpoint.position.value) +
                    ", and has not read the events between: a run goes on with their documents if these were kept, and "
                    "without them if not; or restore a backup that has these events";
  }
  return status;
}

Result<void> check_live(const EventLog& log, const ProjectionType& projection, Collections& collections,
                        std::span<const AggregateType> aggregates) {
  using Health = ProjectionStatus::Health;
  const auto refuse = [&](Errc code, const std::string& reason, std::string_view command) {
    return failure(code, "read collection", projection.name(), reason + ": run `project " + std::string{command} + "`");
  };
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections.checkpoint(projection.name()));
  if (!checkpoint) return refuse(Errc::not_found, "it was not made yet", "run");
  EVENTSTORE_TRY_ASSIGN(const auto status, judge(log, projection, *checkpoint, aggregates));
  switch (status.health) {
    case Health::live: return {};
    case Health::stale: return refuse(Errc::unreadable_schema, status.reason, "rebuild " + projection.name());
    case Health::foreign: return refuse(Errc::corrupt_record, status.reason, "rebuild " + projection.name());
    case Health::expired:
      return failure(Error{Errc::expired, "read collection", projection.name(), status.reason + ": run `project run`",
                           status.position});
    case Health::missing:
    case Health::building:
    case Health::held:
    case Health::failed:
    case Health::waiting: break;  // which judge() does not give
  }
  return refuse(Errc::not_found, "it is still being built", "run");
}

Result<ProjectionStatus> ProjectionWorker::status(const ProjectionType& projection) {
  return detail::guarded("project", projection.name(), [&]() -> Result<ProjectionStatus> {
    auto found = look(projection);
    if (!found && ends_run(found.error().code)) return found;
    // A damaged file is no trouble of one projection.
    if (!found && found.error().code == Errc::corrupt_record)
      if (auto asked = collections_.checkpoint(projection.name()); !asked && asked.error().code == Errc::corrupt_record)
        return failure_of(asked);
    if (!found) {
      ProjectionStatus broken{};
      broken.name = projection.name();
      EVENTSTORE_TRY_ASSIGN(broken.head, log_.head());
      tell_stay(broken, ProjectionStatus::Health::failed, found.error(), 0);
      return broken;
    }
    EVENTSTORE_TRY(tell_trouble(projection, *found));
    return found;
  });
}

// What a worker has noted, if it is about this place of the collection.
Result<void> ProjectionWorker::tell_trouble(const ProjectionType& projection, ProjectionStatus& status) {
  using Health = ProjectionStatus::Health;
  if (status.health == Health::stale || status.health == Health::foreign || status.health == Health::held) return {};
  EVENTSTORE_TRY_ASSIGN(const auto noted, collections_.trouble(projection.name()));
  if (noted && noted->position == status.position)
    tell_stay(status, noted->passes ? Health::waiting : Health::failed, noted->error, noted->retries);
  return {};
}

Result<ProjectionStatus> ProjectionWorker::look(const ProjectionType& projection) {
  ProjectionStatus status{};
  status.name = projection.name();
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections_.checkpoint(projection.name()));
  if (checkpoint) {
    EVENTSTORE_TRY_ASSIGN(status, judge(log_, projection, *checkpoint, aggregates_.all()));
    EVENTSTORE_TRY_ASSIGN(status.documents, collections_.count(projection.name()));
    EVENTSTORE_TRY(describe(projection, *checkpoint, status));
    EVENTSTORE_TRY_ASSIGN(status.expired_before, collections_.expired_before(projection.name()));
    EVENTSTORE_TRY_ASSIGN(const auto pace, collections_.pace(projection.name()));
    constexpr std::int64_t age_max = 15'000'000;
    const auto age = pace ? now().micros - pace->noted_at.micros : 0;
    if (pace && age >= 0 && age <= age_max) status.events_per_second = pace->events_per_second;
  }
  EVENTSTORE_TRY_ASSIGN(status.head, log_.head());
  EVENTSTORE_TRY(look_ahead(projection, status));
  EVENTSTORE_TRY_ASSIGN(const auto rebuilding, collections_.checkpoint(rebuild_name(projection)));
  status.rebuilding = rebuilding.has_value();
  if (rebuilding) status.rebuild_position = rebuilding->position;
  return status;
}

// The next event of the log says how long the collection lags behind, and may be the one at which it is held.
Result<void> ProjectionWorker::look_ahead(const ProjectionType& projection, ProjectionStatus& status) const {
  using Health = ProjectionStatus::Health;
  if (status.health == Health::foreign || status.position >= status.head) return {};
  auto page = log_.read_all({.from = status.position.next(), .limit = 1});
  if (!page && page.error().code == Errc::expired) return {};
  if (!page) return failure_of(page);
  if (page->events.empty()) return {};
  const auto& event = page->events.front();
  status.lag_seconds = static_cast<double>(std::max<std::int64_t>(now().micros - event.created_at.micros, 0)) / 1e6;
  const bool goes_on = status.health == Health::live || status.health == Health::building;
  if (projection.passes_over_unknown || !goes_on) return {};
  const auto category = event.stream.substr(0, event.stream.find('-'));
  const auto* const type = aggregates_.find(category);
  if (type == nullptr || !projection.reads(category) || !type->is_unknown(event)) return {};
  tell_stay(status, Health::held,
            Error{Errc::unknown_event_type, "project", projection.name(), held_by(event), event.position}, 0);
  return {};
}

}  // namespace v1
}  // namespace eventstore
