#include "maintenance.hpp"

#include "../evidence/seal_files.hpp"

namespace eventstore::engine {
namespace {

// The largest number of finished segments in memory, besides the one that grows.
constexpr std::size_t waiting_max = 4;
// Seals are put off while segments follow one another faster than this.
constexpr std::chrono::milliseconds sealing_pause{200};

}  // namespace

std::shared_ptr<const View> Maintenance::view(bool is_locked) {
  if (is_locked) return index_.shared_view();
  const std::lock_guard lock{mutex_};
  return index_.shared_view();
}

void Maintenance::begin(bool is_as_left) {
  if (!is_as_left) remove_unused(true);
  const auto segments = index_.view().segments.size();
  if (segments == 0) return;
  if (is_as_left && in_background_) {
    begins_late_ = true;
    return;
  }
  segments_all_ = segments;
  add({});
}

void Maintenance::begin_late() {
  if (!begins_late_.load(std::memory_order_relaxed) || !begins_late_.exchange(false)) return;
  segments_all_ = view(false)->segments.size();
  add({});
}

void Maintenance::finished(std::shared_ptr<const Segment> segment, const FinishedSegment& place) {
  add({std::move(segment), place});
}

void Maintenance::add(Job job) {
  if (!in_background_) {
    perform(job, true);
    while (seal_one()) continue;
    return;
  }
  const std::lock_guard lock{jobs_mutex_};
  jobs_.push_back(std::move(job));
  ++waiting_;
  if (!worker_.joinable()) worker_ = Thread{[this](const std::stop_token& stop) { run(stop); }};
  changed_.notify_all();
}

void Maintenance::run(const std::stop_token& stop) {
  std::unique_lock lock{jobs_mutex_};
  const auto has_work = [&] { return !jobs_.empty() || !to_seal_.empty(); };
  bool is_quiet = false;  // no segment came for a while
  while (changed_.wait(lock, stop, has_work) && !stop.stop_requested()) {
    // Seals last: nobody waits for them, and one under way would keep the next segment's index files waiting.
    if (jobs_.empty()) {
      if (!is_quiet && !is_finishing_) {
        is_quiet = !changed_.wait_for(lock, stop, sealing_pause, [&] { return !jobs_.empty() || is_finishing_; });
        continue;
      }
      is_sealing_ = true;
      lock.unlock();
      alone([&](bool) { seal_one(); });
      lock.lock();
      is_sealing_ = false;
      changed_.notify_all();
      continue;
    }
    is_quiet = false;
    const auto job = std::move(jobs_.front());
    jobs_.pop_front();
    is_busy_ = true;
    lock.unlock();
    alone([&](bool is_locked) { perform(job, is_locked); });
    lock.lock();
    is_busy_ = false;
    --waiting_;
    changed_.notify_all();
  }
}

// The seals of one segment and of those before it that have none. False where nothing waits for one.
bool Maintenance::seal_one() {
  FinishedSegment place;
  {
    const std::lock_guard lock{jobs_mutex_};
    if (to_seal_.empty()) return false;
    place = to_seal_.front();
    to_seal_.pop_front();
  }
  const auto sealed = seal(place);
  const std::lock_guard lock{jobs_mutex_};
  if (!sealed && !failure_) failure_ = sealed.error();
  return true;
}

// The segment is mapped for this alone: many may wait.
Result<void> Maintenance::seal(const FinishedSegment& place) {
  try {
    if (chain_head_ && chain_head_->segment >= place.number) return {};  // retention has made it already
    if (!chain_head_ || chain_head_->segment + 1 != place.number) {
      EVENTSTORE_TRY_ASSIGN(const auto made, make_missing_seals(store_.files(), store_.directory(), {}));
      chain_head_ = made.head;
      return {};
    }
    EVENTSTORE_TRY_ASSIGN(const auto segment, store_.open_segment(place.number, store_id_, OpenMode::read));
    EVENTSTORE_TRY_ASSIGN(const auto bytes, segment->bytes(place.end));
    EVENTSTORE_TRY_ASSIGN(const auto seal, make_seal(bytes, segment->path(), chain_head_->digest));
    if (segment->has_failed()) return failure(unreadable("seal", segment->path()));
    EVENTSTORE_TRY(SealFiles{store_}.write(seal));
    chain_head_ = seal.chain_head();
    return {};
  } catch (const std::bad_alloc&) {
    return failure(Errc::out_of_memory, "seal", store_.directory());
  }
}

Result<void> Maintenance::complete_seals() {
  if (!makes_seals_) {
    EVENTSTORE_TRY_ASSIGN(const auto numbers, SealFiles{store_}.numbers());
    EVENTSTORE_TRY_ASSIGN(const auto expired, read_expired(store_, store_id_));
    if (numbers.empty() && (!expired || expired->seals.empty())) return {};
  }
  EVENTSTORE_TRY_ASSIGN(const auto made, make_missing_seals(store_.files(), store_.directory(), {}));
  chain_head_ = made.head;
  return {};
}

void Maintenance::perform(const Job& job, bool is_locked) {
  const auto done = [&]() -> Result<void> {
    try {
      // In order, also after a failure: what stands before must be in index files first.
      if (job.segment != nullptr) unindexed_.push_back(job);
      if (job.segment == nullptr) EVENTSTORE_TRY(rebuild(is_locked));
      for (; !unindexed_.empty(); unindexed_.pop_front()) {
        EVENTSTORE_TRY(index(unindexed_.front(), is_locked));
        const std::lock_guard lock{jobs_mutex_};
        if (makes_seals_) to_seal_.push_back(unindexed_.front().place);
      }
      for (bool has_merged = true; has_merged;) {
        EVENTSTORE_TRY_ASSIGN(has_merged, merge_some(is_locked));
      }
      return {};
    } catch (const std::bad_alloc&) {
      return failure(Errc::out_of_memory, "index", store_.directory());
    }
  }();
  const std::lock_guard lock{jobs_mutex_};
  if (!done && !failure_) failure_ = done.error();
}

void Maintenance::let_catch_up() {
  if (waiting_.load(std::memory_order_relaxed) <= waiting_max) return;
  std::unique_lock lock{jobs_mutex_};
  changed_.wait(lock, [&] { return waiting_ <= waiting_max || !worker_.joinable(); });
}

Result<void> Maintenance::settle() {
  std::unique_lock lock{jobs_mutex_};
  changed_.wait(lock, [&] { return jobs_.empty() && !is_busy_; });
  if (const auto failed = std::exchange(failure_, std::nullopt)) return failure(*failed);
  return {};
}

void Maintenance::finish() {
  std::unique_lock lock{jobs_mutex_};
  is_finishing_ = true;
  changed_.notify_all();
  changed_.wait(lock, [&] { return jobs_.empty() && to_seal_.empty() && !is_busy_ && !is_sealing_; });
  is_finishing_ = false;
}

void Maintenance::stop() {
  Thread worker;
  {
    const std::lock_guard lock{jobs_mutex_};
    worker = std::move(worker_);
  }
  worker.request_stop();
}

}  // namespace eventstore::engine
