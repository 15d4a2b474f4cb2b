// One run: which projections take part, and what is told of those that do not come to the end.
#include "lane.hpp"

#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/aggregate/detail/stream_of.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

using Health = ProjectionStatus::Health;

Result<RunReport> ProjectionWorker::catch_up(const Projections& projections, std::stop_token stop) {
  EVENTSTORE_TRY(check_categories(aggregates_.all()));
  EVENTSTORE_TRY(check_projections(projections));
  Progress progress{};
  std::vector<Lane> lanes;
  const auto unreadable = unreadable_aggregates(projections);
  for (const auto* const projection : projections) {
    const auto reads = [&](const Unreadable& each) { return projection->reads(each.aggregate->category); };
    if (const auto found = std::ranges::find_if(unreadable, reads); found == unreadable.end())
      EVENTSTORE_TRY(join(*projection, lanes, progress, stop));
    else if (ends_run(found->error.code))
      return failure(found->error);
    else
      leave(*projection, Health::failed, found->error, {}, progress);
    if (progress.report.stopped) return std::move(progress.report);
  }
  EVENTSTORE_TRY_ASSIGN(const Position head, log_.head());
  std::vector<Lane*> building;
  for (auto& lane : lanes)
    if (lane.at.building) building.push_back(&lane);
  progress.index_share = building.empty() ? 0 : share_of_indexes;
  if (is_following_) progress.documents_max = documents_of_live_batch(lanes, head);
  EVENTSTORE_TRY(advance(lanes, head, progress, stop));
  if (!progress.report.stopped)
    EVENTSTORE_TRY(make_indexes(progress, building.size(), stop,
                                [&](std::size_t i) { return finish(*building[i], progress, stop); }));
  for (const auto& lane : lanes) {
    if (lane.stays)
      leave(*lane.projection, lane.health, *lane.stays, lane.at.position, progress, lane.retries);
    else if (lane.has_note && !progress.report.stopped)
      (void)collections_.note_trouble(lane.name, std::nullopt);  // if that fails, the note is about an earlier place
  }
  return std::move(progress.report);
}

// New events are seen soon; a worker that fell behind takes large batches.
std::size_t ProjectionWorker::documents_of_live_batch(const std::vector<Lane>& lanes, Position head) const {
  const auto is_near = [&](const Lane& lane) {
    return head.value - std::min(head, lane.at.position).value <= options_.batch_events;
  };
  return std::ranges::all_of(lanes, is_near) ? std::max<std::size_t>(options_.live_batch_documents, 1)
                                             : std::numeric_limits<std::size_t>::max();
}

// Found out before anything is read.
std::vector<ProjectionWorker::Unreadable> ProjectionWorker::unreadable_aggregates(
    const Projections& projections) const {
  std::vector<Unreadable> unreadable;
  for (const auto& aggregate : aggregates_) {
    const auto reads = [&](const auto* projection) { return projection->reads(aggregate.category); };
    if (std::ranges::none_of(projections, reads)) continue;
    auto checked = eventstore::check_readable(log_, schemas_, aggregate, aggregates_.all());
    if (!checked) unreadable.push_back({&aggregate, std::move(checked.error())});
  }
  return unreadable;
}

Result<void> ProjectionWorker::join(const ProjectionType& projection, std::vector<Lane>& lanes, Progress& progress,
                                    const std::stop_token& stop) {
  std::optional<Lane> lane;
  const auto entered = with_retries(progress, stop, [&]() -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(lane, enter(projection, progress, stop));
    return {};
  });
  if (entered && lane) lanes.push_back(std::move(*lane));
  if (entered || progress.report.stopped) return {};
  const auto& error = entered.error();
  if (error.code == Errc::stopped) {
    progress.report.stopped = true;
    return {};
  }
  if (ends_run(error.code)) return entered;
  leave(projection, passes(error.code) ? Health::waiting : Health::failed, error, {}, progress, progress.faults);
  return {};
}

// Absent where the projection takes no part, as the report says.
Result<std::optional<ProjectionWorker::Lane>> ProjectionWorker::enter(const ProjectionType& projection,
                                                                      Progress& progress, const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections_.checkpoint(projection.name()));
  const Position place = checkpoint ? checkpoint->position : Position{0};
  if (checkpoint) {
    EVENTSTORE_TRY_ASSIGN(const auto judged, judge(log_, projection, *checkpoint, aggregates_.all()));
    if (judged.health == Health::stale || judged.health == Health::foreign) {
      EVENTSTORE_TRY_ASSIGN(auto left, look(projection));
      progress.report.left.push_back(std::move(left));
      return std::optional<Lane>{};
    }
  }
  const auto is_same = [&](const auto& each) { return each.name == projection.name() && each.position == place; };
  if (const auto rests = std::ranges::find_if(resting_, is_same); rests != resting_.end()) {
    progress.report.left.push_back(*rests);
    return std::optional<Lane>{};
  }
  EVENTSTORE_TRY_ASSIGN(auto built, build_with_dropped(projection, place, stop));
  if (built) progress.report.events += built->events;
  if (built && built->stopped) {
    progress.report.stopped = true;
    progress.report.position = built->position;
    return std::optional<Lane>{};
  }
  EVENTSTORE_TRY_ASSIGN(auto lane, open_lane(projection, projection.name()));
  EVENTSTORE_TRY_ASSIGN(const auto note, collections_.trouble(projection.name()));
  lane.has_note = note.has_value();
  return std::optional{std::move(lane)};
}

Result<ProjectionWorker::Lane> ProjectionWorker::open_lane(const ProjectionType& projection, std::string name) {
  EVENTSTORE_TRY_ASSIGN(auto checkpoint, collections_.checkpoint(name));
  if (!checkpoint) {
    checkpoint = Checkpoint{Position{0}, 0, log_.store_id(), projection.fingerprint(aggregates_.all()), true};
    EVENTSTORE_TRY(collections_.create(projection.shape, name, *checkpoint));
  }
  rates_.try_emplace(name, now(), checkpoint->position);
  Lane lane{&projection, std::move(name), *checkpoint, PendingDocuments{projection.shape}};
  EVENTSTORE_TRY(skip_dropped(lane));
  return lane;
}

// Its collection comes to `position` now. Absent where the rate is not known yet.
std::optional<Pace> ProjectionWorker::pace_at(std::string_view name, Position position) {
  const auto found = rates_.find(name);
  const auto moment = now();
  const auto rate = found == rates_.end() ? std::nullopt : found->second.reached(moment, position);
  return rate ? std::optional{Pace{*rate, moment}} : std::nullopt;
}

// The collection has come to the end, or as far as it can.
Result<void> ProjectionWorker::finish(Lane& lane, Progress& progress, const std::stop_token& stop) {
  if (lane.stays && lane.health == Health::waiting) return {};
  const auto finished =
      with_retries(progress, stop, [&] { return collections_.finish(lane.projection->shape, lane.at.position); });
  if (finished || ends_run(finished.error().code)) return finished;
  EVENTSTORE_TRY_ASSIGN(const bool was_moved, catch_moved(lane));
  if (was_moved || lane.stays) return {};
  lane.retries = progress.faults;
  lane.stay(passes(finished.error().code) ? Health::waiting : Health::failed, finished.error());
  return {};
}

// A projection's trouble goes into the report, and into a note for others. Where the note cannot be written, the report
// tells alone.
void ProjectionWorker::leave(const ProjectionType& projection, Health health, const Error& error, Position position,
                             Progress& progress, std::uint64_t retries) {
  auto found = look(projection);
  ProjectionStatus status{};
  if (found) {
    status = std::move(*found);
  } else {
    status.name = projection.name();
    status.position = position;
  }
  const bool is_told = health == Health::stale || health == Health::foreign;
  if (!is_told) tell_stay(status, health, error, retries);
  const bool is_noted = (health == Health::failed || health == Health::waiting) && !progress.has_lost_notes;
  if (is_noted) {
    const Trouble trouble{health == Health::waiting, retries, status.position, now(), error};
    progress.has_lost_notes = !collections_.note_trouble(projection.name(), trouble);
  }
  progress.report.left.push_back(std::move(status));
}

}  // namespace v1
}  // namespace eventstore
