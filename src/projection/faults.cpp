// What a run does about batches that were not written.
#include "lane.hpp"

namespace eventstore {
inline namespace v1 {

using Health = ProjectionStatus::Health;

// Whether another attempt is due; then the delay before it is over.
bool ProjectionWorker::wait_for_retry(Progress& progress, const std::stop_token& stop) {
  if (progress.faults >= backoff_.retries_max() || stop.stop_requested()) return false;
  backoff_.wait(backoff_.delay(++progress.faults), stop);
  return true;
}

Result<void> ProjectionWorker::with_retries(Progress& progress, const std::stop_token& stop,
                                            FunctionRef<Result<void>()> work) {
  while (true) {
    auto done = work();
    if (done) progress.forget_faults();
    if (done || !passes(done.error().code) || !wait_for_retry(progress, stop)) return done;
    if (stop.stop_requested()) return failure(Errc::stopped, "project", "", "stopped while it waited for a retry");
  }
}

// The lanes of `group`, which are some of those that are `moving`, went back before the batch.
Result<void> ProjectionWorker::bear(const std::vector<Lane*>& group, const std::vector<Lane*>& moving,
                                    const Fault& fault, Progress& progress, const std::stop_token& stop) {
  const auto code = fault.error.code;
  if (ends_run(code)) return failure(fault.error);
  bool was_moved = false;
  for (auto* const lane : group) {
    EVENTSTORE_TRY_ASSIGN(const bool moved, catch_moved(*lane));
    was_moved = was_moved || moved;
  }
  if (was_moved) return {};
  if (passes(code) && wait_for_retry(progress, stop)) {
    progress.report.stopped = stop.stop_requested();
    return {};
  }
  // One of them may be the cause: each goes on by itself, and then event by event, so that it stays before the right
  // one. A batch that was begun cannot be made smaller.
  auto& lane = *group.front();
  if (group.size() > 1)
    for (auto* const each : group) each->alone_before = fault.end;
  else if (passes(code))
    wait_for_collections(lane, moving, fault.error, progress);
  else if (fault.end > lane.at.position.next() && !lane.at.begun)
    lane.careful_before = fault.end;
  else
    lane.stay(Health::failed, at_next(lane, fault.error));
  return {};
}

// No retry helped. If the collections took nothing from two projections, one after the other, they would take nothing
// from the others either.
void ProjectionWorker::wait_for_collections(Lane& lane, const std::vector<Lane*>& moving, const Error& error,
                                            Progress& progress) {
  const auto wait = [&](Lane& each) {
    each.retries = progress.faults;
    each.stay(Health::waiting, at_next(each, error));
  };
  wait(lane);
  if (++progress.given_up < 2) return;
  for (auto* const each : moving)
    if (!each->stays) wait(*each);
}

// The error with the position of the event before which the lane stays.
Error ProjectionWorker::at_next(const Lane& lane, Error error) {
  error.at = lane.at.position.next();
  return error;
}

// Whether another worker has moved the lane's checkpoint; then it goes on from there, unless other code has made the
// collection that it finds.
Result<bool> ProjectionWorker::catch_moved(Lane& lane) {
  auto found = collections_.checkpoint(lane.name);
  if (!found) return ends_run(found.error().code) ? Result<bool>{failure_of(found)} : Result<bool>{false};
  if (!*found) {
    lane.stay(Health::failed, Error{Errc::not_found, "project", lane.name,
                                    "the collection is gone: the next run makes it again", lane.at.position.next()});
    return true;
  }
  if ((*found)->position == lane.at.position && (*found)->fingerprint == lane.at.fingerprint &&
      (*found)->store_id == lane.at.store_id) {
    lane.at.begun = (*found)->begun;
    return false;
  }
  lane.at = std::move(**found);
  EVENTSTORE_TRY_ASSIGN(const auto judged, judge(log_, *lane.projection, lane.at, aggregates_.all()));
  if (judged.health == Health::stale || judged.health == Health::foreign)
    lane.stay(judged.health, Error{Errc::locked, "project", lane.name, judged.reason, lane.at.position});
  return true;
}

}  // namespace v1
}  // namespace eventstore
