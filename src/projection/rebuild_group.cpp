#include "rebuild_group.hpp"

#include <utility>

namespace eventstore {
inline namespace v1 {

ProjectionWorker::RebuildGroup::RebuildGroup(ProjectionWorker& worker, const RebuildOptions& options,
                                             std::stop_token stop)
    : worker_{worker}, collections_{worker.collections_}, options_{options}, stop_{std::move(stop)} {}

Result<void> ProjectionWorker::RebuildGroup::rebuild(const Projections& projections, OnRebuilt on_rebuilt) {
  if (projections.empty()) return {};
  EVENTSTORE_TRY(begin(projections));
  EVENTSTORE_TRY(fold());
  // What is only compared, and dropped then, needs none.
  if (!options_.discard) EVENTSTORE_TRY(make_indexes());
  // What was appended meanwhile, and what the live ones lack, is read once for all, too.
  if (!is_stopped()) EVENTSTORE_TRY(bring_together(going_on()));
  std::size_t told = 0;
  for (auto& one : all_) {
    if (stop_.stop_requested()) progress_.report.stopped = true;
    if (!is_stopped() && !one.report.error) EVENTSTORE_TRY(bear(one, take_place(one)));
    EVENTSTORE_TRY(tell(one, on_rebuilt));
    if (options_.discard) progress_.index_part = static_cast<double>(++told) / static_cast<double>(all_.size());
    if (!is_stopped()) worker_.tell(progress_, progress_.part(progress_.index_part));
  }
  return {};
}

// Takes the step with each that goes on, until the rebuild is stopped.
Result<void> ProjectionWorker::RebuildGroup::each(FunctionRef<Result<void>(One&)> step) {
  for (auto& one : all_) {
    if (is_stopped()) return {};
    if (!one.report.error) EVENTSTORE_TRY(bear(one, step(one)));
  }
  return {};
}

// The trouble of one holds up no other.
Result<void> ProjectionWorker::RebuildGroup::bear(One& one, Result<void> done) {
  if (done) return {};
  if (done.error().code == Errc::stopped)
    progress_.report.stopped = true;
  else if (ends_run(done.error().code))
    return done;
  else
    one.report.error = std::move(done.error());
  return {};
}

std::vector<ProjectionWorker::RebuildGroup::One*> ProjectionWorker::RebuildGroup::going_on() {
  std::vector<One*> ones;
  for (auto& one : all_)
    if (!one.report.error) ones.push_back(&one);
  return ones;
}

// Compares, and switches where that is wanted.
Result<void> ProjectionWorker::RebuildGroup::take_place(One& one) {
  EVENTSTORE_TRY_ASSIGN(one.report.comparison, compare_with_live(one));
  if (is_stopped() || one.report.error) return {};
  const bool differs = one.report.comparison && !one.report.comparison->is_same();
  if (options_.compare_only && options_.discard) EVENTSTORE_TRY(collections_.drop(one.name));
  if (options_.compare_only || (options_.expect_same && differs)) {
    one.is_done = true;
    return {};
  }
  // What was appended while documents were compared.
  EVENTSTORE_TRY(bring_together({&one}));
  if (is_stopped() || one.report.error) return {};
  const auto replace = [&] { return collections_.replace(one.projection->shape, one.name); };
  EVENTSTORE_TRY(worker_.with_retries(progress_, stop_, replace));
  one.report.switched = one.is_done = true;
  if (options_.without_dropped) EVENTSTORE_TRY(collections_.drop(dropped_name(*one.projection)));
  return {};
}

Result<void> ProjectionWorker::RebuildGroup::tell(const One& one, OnRebuilt on_rebuilt) const {
  auto report = one.report;
  static_cast<RunReport&>(report) = progress_.report;
  report.events = one.at.value - one.begun.value;
  report.position = one.at;
  report.stopped = !one.is_done && !one.report.error;
  return on_rebuilt(*one.projection, report);
}

}  // namespace v1
}  // namespace eventstore
