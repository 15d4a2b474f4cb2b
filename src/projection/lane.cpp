#include "lane.hpp"

#include <eventstore/core/stream_id.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace {

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

CollectionBatch ProjectionWorker::Lane::take(Checkpoint to, AppendedDocuments written) {
  for (const auto& each : std::exchange(passed_over, {})) add(to.passed_over, each);
  auto taken = pending.take(std::move(written));
  CollectionBatch batch{&projection->shape, name, std::move(taken.writes), at.position, to, std::move(taken.appended)};
  durable = std::exchange(at, std::move(to));
  return batch;
}

void ProjectionWorker::Lane::forget() {
  (void)pending.take();
  passed_over.clear();
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
