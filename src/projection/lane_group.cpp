#include "lane_group.hpp"

#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/os/detail/mapping_failures.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// Whether the event says that a person was forgotten.
bool erases(const RecordedEvent& event) {
  return event.type == schema_of<SubjectErased>().name &&
         event.stream.substr(0, event.stream.find('-')) == ErasureRecord::category;
}

}  // namespace

ProjectionWorker::LaneGroup::LaneGroup(ProjectionWorker& worker, std::vector<Lane*> lanes, Position last,
                                       Progress& progress, std::stop_token stop)
    : worker_{worker},
      lanes_{std::move(lanes)},
      progress_{progress},
      stop_{std::move(stop)},
      states_{worker.aggregates_, worker.states_, worker.schemas_},
      writer_{worker.collections_},
      begin_{lanes_.front()->at.position},
      done_{begin_},
      last_{last} {}

Result<void> ProjectionWorker::LaneGroup::advance() {
  while (done_ < last_ && !has_ended()) EVENTSTORE_TRY(advance_batch());
  if (!has_ended()) (void)is_written(writer_.wait());  // a fault is told of by fault()
  const auto passed = place().value - begin_.value;
  progress_.done += passed;
  progress_.report.events += passed;
  return {};
}

std::size_t ProjectionWorker::LaneGroup::batch_events() const {
  if (is_made_again()) return static_cast<std::size_t>(last_.value - done_.value);
  const auto is_careful = [&](const Lane* lane) { return done_ < lane->careful_before; };
  if (std::ranges::any_of(lanes_, is_careful)) return 1;
  return static_cast<std::size_t>(
      std::min<std::uint64_t>(std::max<std::size_t>(worker_.options_.batch_events, 1), last_.value - done_.value));
}

Result<void> ProjectionWorker::LaneGroup::advance_batch() {
  const auto failures = mapping_failures();
  const auto before = done_;
  EVENTSTORE_TRY_ASSIGN(const Page page, worker_.log_.read_all({.from = done_.next(), .limit = batch_events()}));
  auto projected = work_out(page);
  if (mapping_failures() != failures)
    return failure(Error{Errc::io_failed, "project", "",
                         "the disk cannot read a part of a file: look at the disk, then run verify", before.next()});
  if (stop_.stop_requested()) {
    if (is_written(writer_.wait())) end_early();
    return {};
  }
  if (!projected) return failure_of(projected);
  if (!*projected) {
    make_again(before);
    return {};
  }
  if (done_ == before)
    return failure(Error{Errc::corrupt_record, "project", "", "the log gives no event here, though its head is further",
                         done_.next()});
  if (is_made_again() && done_ < last_) return {};  // the next page belongs to it
  EVENTSTORE_TRY(commit());
  if (!has_ended()) tell_progress();
  return {};
}

// Moves `done_` over the events that were projected. False: a projection stays before the next one.
Result<bool> ProjectionWorker::LaneGroup::work_out(const Page& page) {
  for (const auto& event : page.events) {
    if (stop_.stop_requested() || (is_full() && !is_made_again())) break;
    // States that were kept may have the person's values: documents of later events must not get them again.
    if (erases(event)) worker_.states_.clear();
    EVENTSTORE_TRY_ASSIGN(const bool projected, project(event));
    if (!projected) return false;
    done_ = event.position;
  }
  return true;
}

// False: a projection stays before the event, or sets it aside once the batch before it is committed. Errors: those
// that end the run.
Result<bool> ProjectionWorker::LaneGroup::project(const RecordedEvent& event) {
  const auto category = event.stream.substr(0, event.stream.find('-'));
  const auto wants = [&](const Lane* lane) { return lane->projection->reads(category); };
  if (std::none_of(lanes_.begin(), lanes_.end(), wants)) return true;
  const auto projected = project_all(category, event);
  if (projected && *projected) folded_.add(category, event);
  return projected;
}

Result<bool> ProjectionWorker::LaneGroup::project_all(std::string_view category, const RecordedEvent& event) {
  auto around = states_around(event);
  if (!around && (ends_run(around.error().code) || around.error().code == Errc::io_failed)) return failure_of(around);
  std::optional<AnyChange> change;
  if (around)
    change.emplace(event, metadata_, around->type, *around->states.before, *around->states.after, worker_.schemas_,
                   around->is_lost);
  bool all_go_on = true;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    auto& lane = *lanes_[i];
    if (!lane.projection->reads(category)) continue;
    const bool is_everything = lane.projection->reads_everything();
    const auto set_aside = lane.set_aside.size();
    const bool is_without = around && !is_everything && (around->is_lost || change->is_unknown());
    if (!around || !around->is_lost || is_everything) {
      const auto goes_on = around ? project(lane, *change) : Result<bool>{bear(lane, event, around.error())};
      if (!goes_on) return goes_on;
      all_go_on = all_go_on && *goes_on;
    }
    if (is_without || lane.set_aside.size() != set_aside) folded_.leave_out(i, category, event);
  }
  if (around && around->is_lost) ++lost_.without_state;
  return all_go_on;
}

Result<bool> ProjectionWorker::LaneGroup::project(Lane& lane, const AnyChange& change) {
  const auto& event = change.event();
  const bool is_first = lane.pending.size() == 0;
  lane.pending.set_organization(event.organization);
  auto done = lane.project(change);
  if (done) return true;
  if (ends_run(done.error().code)) return failure_of(done);
  // Half of the event's operations may be pending, among those of other events.
  if (!is_first && !lane.stays && sets_aside(*lane.projection, done.error().code)) return false;
  (void)lane.pending.take();
  return bear(lane, event, std::move(done.error()));
}

bool ProjectionWorker::LaneGroup::bear(Lane& lane, const RecordedEvent& event, Error error) {
  const bool goes_on = lane.bear(event, std::move(error), worker_.now(), worker_.options_.set_aside_max);
  if (goes_on) ++lost_.set_aside;
  return goes_on;
}

Result<EventStates::Around> ProjectionWorker::LaneGroup::states_around(const RecordedEvent& event) {
  EVENTSTORE_TRY(metadata_into(event, metadata_));
  return states_.around(event, metadata_);
}

// The event after `done_` may have left half of its operations behind: the batch is dropped, and made again without it.
// Where a projection sets the event aside, the next batch begins with it: then nothing else is pending.
void ProjectionWorker::LaneGroup::make_again(Position from) {
  lost_ = {};
  folded_.clear();
  for (auto* const lane : lanes_) lane->forget();
  last_ = std::exchange(done_, from);
}

Result<void> ProjectionWorker::LaneGroup::commit() {
  EVENTSTORE_TRY_ASSIGN(const auto checksum, worker_.log_.checksum_at(done_));
  if (!is_written(writer_.wait())) return {};
  auto written = writer_.take_written();
  written.resize(lanes_.size());
  std::vector<CollectionBatch> batches;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    auto to = lanes_[i]->at;
    to.position = done_;
    to.checksum = checksum;
    to.begun.reset();
    batches.push_back(lanes_[i]->take(std::move(to), std::move(written[i].appended)));
    const auto reads = [&](std::string_view category) { return lanes_[i]->projection->reads(category); };
    batches.back().folded = folded_.counted(i, reads);
    batches.back().pace = worker_.pace_at(lanes_[i]->name, done_);
  }
  folded_.clear();
  is_writing_ = true;
  writer_.write(std::move(batches));
  lost_writing_ = std::exchange(lost_, {});
  return {};
}

// Whether the batch that was handed over is there. If not, all go back before it: the run was stopped, or the place of
// the documents has a fault.
bool ProjectionWorker::LaneGroup::is_written(const Result<void>& written) {
  const bool was_writing = std::exchange(is_writing_, false);
  const auto lost = std::exchange(lost_writing_, {});
  if (written) {
    if (was_writing) progress_.forget_faults();
    progress_.report.without_state += lost.without_state;
    progress_.report.set_aside += lost.set_aside;
    return true;
  }
  if (written.error().code == Errc::stopped)
    progress_.report.stopped = true;
  else
    fault_ = Fault{written.error(), place()};
  for (auto* const lane : lanes_) lane->go_back();
  return false;
}

// The run is stopped within a batch, and what was worked out of it is dropped.
void ProjectionWorker::LaneGroup::end_early() {
  progress_.report.stopped = true;
  for (auto* const lane : lanes_) {
    lane->forget();
    lane->stays.reset();
  }
}

bool ProjectionWorker::LaneGroup::is_full() const {
  std::size_t bytes = 0;
  for (const auto* const lane : lanes_) {
    if (lane->pending.size() >= progress_.documents_max) return true;
    bytes += lane->pending.bytes();
  }
  return bytes >= worker_.options_.batch_bytes;
}

void ProjectionWorker::LaneGroup::tell_progress() {
  auto shown = progress_;
  shown.done += done_.value - begin_.value;
  worker_.tell(shown, shown.part(shown.index_part));
}

}  // namespace v1
}  // namespace eventstore
