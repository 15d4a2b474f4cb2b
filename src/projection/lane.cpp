#include "lane.hpp"

#include <eventstore/core/stream_id.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace {

std::string set_aside_too_many(std::uint64_t most) {
  return "; it was not set aside, because " + std::to_string(most) +
         " events are already: that many have a common cause; mend it and rebuild, or drop them";
}

void add(std::vector<PassedOverType>& all, const PassedOverType& one) {
  const auto key = [](const PassedOverType& each) { return std::tie(each.category, each.type); };
  const auto at = std::ranges::lower_bound(all, key(one), {}, key);
  if (at == all.end() || key(*at) != key(one))
    all.insert(at, one);
  else
    at->events += one.events;
}

}  // namespace

Result<void> ProjectionWorker::Lane::project(const AnyChange& change) {
  if (!change.is_unknown()) return projection->project(change, pending);
  const auto& event = change.event();
  if (!projection->passes_over_unknown) {
    stay(ProjectionStatus::Health::held,
         Error{Errc::unknown_event_type, "project", projection->name(), held_by(event), event.position});
    return failure(*stays);
  }
  add(passed_over, {std::string{change.category()}, std::string{event.type}, event.position, 1});
  return projection->reads_everything() ? projection->project(change, pending) : Result<void>{};
}

bool ProjectionWorker::Lane::bear(const RecordedEvent& event, Error error, Timestamp now, std::uint64_t most) {
  if (stays) return false;
  error.at = event.position;
  const bool may_go_on = sets_aside(*projection, error.code);
  if (may_go_on && at.set_aside.open + set_aside.size() < most) {
    set_aside.push_back(
        {event.position, std::string{event.stream}, std::string{event.type}, event.id.uuid, now, 1, std::move(error)});
    return true;
  }
  if (may_go_on) error.detail += set_aside_too_many(most);
  stay(ProjectionStatus::Health::failed, std::move(error));
  return false;
}

CollectionBatch ProjectionWorker::Lane::take(Checkpoint to, AppendedDocuments written) {
  for (const auto& each : std::exchange(passed_over, {})) add(to.passed_over, each);
  to.set_aside.open += set_aside.size();
  auto taken = pending.take(std::move(written));
  CollectionBatch batch{&projection->shape, name, std::move(taken.writes), at.position, to, std::move(taken.appended)};
  batch.set_aside = std::exchange(set_aside, {});
  durable = std::exchange(at, std::move(to));
  return batch;
}

void ProjectionWorker::Lane::forget() {
  (void)pending.take();
  passed_over.clear();
  set_aside.clear();
}

void ProjectionWorker::Lane::go_back() {
  forget();
  at = durable;
  stays.reset();
}

void tell_stay(ProjectionStatus& status, ProjectionStatus::Health health, const Error& error, std::uint64_t retries) {
  status.health = health;
  status.reason = health == ProjectionStatus::Health::held ? error.detail : error.message();
  status.error = error;
  status.retries = retries;
}

std::string held_by(const RecordedEvent& event) {
  return "position " + std::to_string(event.position.value) + " has " + std::string{event.type} + " of " +
         std::string{event.stream} +
         ", which this build does not know: use the build that wrote it, add it to the aggregate's events, or let the "
         "projection pass over unknown events";
}

}  // namespace v1
}  // namespace eventstore
