#include "projection_work.hpp"

#include <algorithm>
#include <cmath>

#include "unless_zero.hpp"

namespace eventstore::app {

Result<std::unique_ptr<ProjectionWorker>> worker_of(Store& store, const ProjectionOptions& options) {
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.collections());
  auto told = options.worker;
  told.clock = &store.clock();
  told.on_progress = nullptr;
  if (options.on_progress)
    told.on_progress = [&](const RunProgress& now) { options.on_progress({now.events_done, now.part}); };
  return std::make_unique<ProjectionWorker>(store.log(), store.model().aggregates, *collections, std::move(told));
}

Result<NamedLock> only_rebuild(Store& store) {
  const auto file = store.collections_path() + "-rebuild";
  EVENTSTORE_TRY_ASSIGN(auto lock, NamedLock::try_take(store.files(), file));
  if (lock) return std::move(*lock);
  EVENTSTORE_TRY_ASSIGN(const auto holder, NamedLock::holder(store.files(), file));
  return failure(
      Errc::locked, "rebuild or verify", store.collections_path(),
      (holder.empty() ? "another process" : "process " + holder) +
          " rebuilds or verifies these collections: wait until it has ended, and run the same command again");
}

double Watch::seconds() const {
  return static_cast<double>(std::max<std::int64_t>(clock_.now().micros - begun_.micros, 0)) / 1'000'000;
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}

ProjectionRun row_of(const RunReport& run, double seconds) {
  const double rate = seconds > 0 ? static_cast<double>(run.events) / seconds : 0;
  return {run.events,
          run.position.value,
          std::round(seconds * 1000) / 1000,
          static_cast<std::uint64_t>(std::llround(rate)),
          run.stopped,
          unless_zero(run.without_state),
          unless_zero(run.set_aside)};
}

}  // namespace eventstore::app
