#include "inline_projections.hpp"

#include <eventstore/core/detail/guarded.hpp>

#include <algorithm>
#include <utility>

#include "worker_lease.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

// An append does not wait for a fault to pass: the next one tries again.
WorkerOptions without_waits(WorkerOptions options) {
  options.retry.retries_max = 0;
  options.on_progress = nullptr;
  return options;
}

}  // namespace

InlineProjections::InlineProjections(Setup setup) : setup_{std::move(setup)} {}

// A run that began after this call covers `position`; one that was under way then may not.
bool InlineProjections::bring_to(Position position) {
  std::unique_lock lock{mutex_};
  const auto begun_before = runs_begun_;
  while (true) {
    if (reached_ >= position) return true;
    if (runs_ended_ > begun_before) return false;
    if (is_running_) {
      ended_.wait(lock, [this] { return !is_running_; });
      continue;
    }
    is_running_ = true;
    ++runs_begun_;
    lock.unlock();
    const auto reached = detail::guarded("project", setup_.collections_path, [&] { return run(); });
    lock.lock();
    is_running_ = false;
    runs_ended_ = runs_begun_;
    if (reached) reached_ = std::max(reached_, *reached);
    ended_.notify_all();
  }
}

Result<Position> InlineProjections::run() {
  app::WorkerLease lease{setup_.files, setup_.collections_path};
  EVENTSTORE_TRY_ASSIGN(const bool is_ours, lease.try_take());
  if (!is_ours) return Position{0};
  EVENTSTORE_TRY(open());
  EVENTSTORE_TRY_ASSIGN(const Position head, setup_.log.head());
  EVENTSTORE_TRY_ASSIGN(const Position behind, hindmost());
  if (head.value - std::min(head, behind).value > setup_.events_max) return behind;
  auto report = worker_->run(setup_.projections);
  if (!report) {
    worker_.reset();
    collections_.reset();
    return failure_of(report);
  }
  setup_.progress.reached(setup_.projections, *report);
  return report->left.empty() ? report->position : Position{0};
}

Result<void> InlineProjections::open() {
  if (worker_) return {};
  EVENTSTORE_TRY_ASSIGN(collections_, SqliteCollections::open(setup_.collections_path));
  worker_ =
      std::make_unique<ProjectionWorker>(setup_.log, setup_.aggregates, *collections_, without_waits(setup_.worker));
  return {};
}

// Where the projection that is furthest behind stands.
Result<Position> InlineProjections::hindmost() {
  auto place = Position{~std::uint64_t{0}};
  for (const auto* const projection : setup_.projections) {
    EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections_->checkpoint(projection->name()));
    place = std::min(place, checkpoint ? checkpoint->position : Position{0});
  }
  return place;
}

}  // namespace v1
}  // namespace eventstore
