#include "lane_group.hpp"

#include <eventstore/os/detail/mapping_failures.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

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
  while (done_ < last_ && !progress_.report.stopped) EVENTSTORE_TRY(advance_batch());
  if (progress_.report.stopped) return {};
  EVENTSTORE_TRY(wait_or_end());
  if (progress_.report.stopped) return {};
  count_events();
  const bool is_held = std::ranges::any_of(lanes_, [](const Lane* lane) { return lane->held.has_value(); });
  if (failed_ && !is_held) return tl::unexpected<Error>{std::move(*failed_)};
  return {};
}

Result<void> ProjectionWorker::LaneGroup::advance_batch() {
  const auto events =
      std::min<std::uint64_t>(std::max<std::size_t>(worker_.options_.batch_events, 1), last_.value - done_.value);
  const auto failures = mapping_failures();
  const auto before = done_;
  EVENTSTORE_TRY_ASSIGN(const Page page,
                        worker_.log_.read_all({.from = done_.next(), .limit = static_cast<std::size_t>(events)}));
  const auto projected = work_out(page);
  if (mapping_failures() != failures)
    return failure(Error{Errc::io_failed, "project", "",
                         "the disk cannot read a part of a file: look at the disk, then run verify", before.next()});
  if (stop_.stop_requested()) {
    EVENTSTORE_TRY(wait_or_end());
    return progress_.report.stopped ? Result<void>{} : end_early();
  }
  if (!projected) {
    make_again(before, projected.error());
    return {};
  }
  if (done_ == before)
    return failure(Error{Errc::corrupt_record, "project", "", "the log gives no event here, though its head is further",
                         done_.next()});
  EVENTSTORE_TRY(commit());
  if (!progress_.report.stopped) tell_progress();
  return {};
}

// Moves `done_` over the events that were projected.
Result<void> ProjectionWorker::LaneGroup::work_out(const Page& page) {
  for (const auto& event : page.events) {
    if (stop_.stop_requested() || is_full()) break;
    EVENTSTORE_TRY(project(event));
    done_ = event.position;
  }
  return {};
}

Result<void> ProjectionWorker::LaneGroup::project(const RecordedEvent& event) {
  const auto category = event.stream.substr(0, event.stream.find('-'));
  const auto wants = [&](const Lane* lane) { return lane->projection->reads(category); };
  if (std::none_of(lanes_.begin(), lanes_.end(), wants)) return {};
  EVENTSTORE_TRY(metadata_into(event, metadata_));
  EVENTSTORE_TRY_ASSIGN(const auto around, states_.around(event, metadata_));
  const AnyChange change{event, metadata_, around.type, *around.states.before, *around.states.after, worker_.schemas_};
  for (auto* const lane : lanes_) {
    if (!wants(lane) || (around.is_lost && !lane->projection->categories.empty())) continue;
    lane->pending.set_organization(event.organization);
    EVENTSTORE_TRY(lane->project(change));
  }
  if (around.is_lost) ++without_state_;
  return {};
}

// The event may have left half of its operations behind: the batch is dropped, and made again without it.
void ProjectionWorker::LaneGroup::make_again(Position from, Error failed) {
  without_state_ = 0;
  for (auto* const lane : lanes_) lane->forget();
  failed_ = std::move(failed);
  failed_->at = done_.next();
  last_ = std::exchange(done_, from);
}

Result<void> ProjectionWorker::LaneGroup::commit() {
  EVENTSTORE_TRY_ASSIGN(const auto checksum, worker_.log_.checksum_at(done_));
  auto written = writer_.written();
  if (!written && written.error().code == Errc::stopped) return end_early();
  if (!written) return failure_of(written);
  written->resize(lanes_.size());
  std::vector<CollectionBatch> batches;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    auto to = lanes_[i]->at;
    to.position = done_;
    to.checksum = checksum;
    batches.push_back(lanes_[i]->take(std::move(to), std::move((*written)[i].appended)));
  }
  writer_.write(std::move(batches));
  progress_.report.without_state += std::exchange(without_state_, 0);
  return {};
}

Result<void> ProjectionWorker::LaneGroup::wait_or_end() {
  auto written = writer_.wait();
  return !written && written.error().code == Errc::stopped ? end_early() : written;
}

// The run is stopped within a batch: what was worked out is dropped, and what was being written may be, too.
Result<void> ProjectionWorker::LaneGroup::end_early() {
  progress_.report.stopped = true;
  for (auto* const lane : lanes_) {
    lane->forget();
    EVENTSTORE_TRY_ASSIGN(auto at, worker_.collections_.checkpoint(lane->name));
    if (at) lane->at = std::move(*at);
  }
  count_events();
  return {};
}

bool ProjectionWorker::LaneGroup::is_full() const {
  std::size_t bytes = 0;
  for (const auto* const lane : lanes_) bytes += lane->pending.bytes();
  return bytes >= worker_.options_.batch_bytes;
}

void ProjectionWorker::LaneGroup::tell_progress() {
  auto shown = progress_;
  shown.done += done_.value - begin_.value;
  worker_.tell(shown, shown.part(0));
}

void ProjectionWorker::LaneGroup::count_events() {
  const auto passed = place().value - begin_.value;
  progress_.done += passed;
  progress_.report.events += passed;
}

}  // namespace v1
}  // namespace eventstore
