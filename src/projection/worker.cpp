#include <eventstore/projection/worker.hpp>

#include <eventstore/core/detail/guarded.hpp>

#include "rebuild_group.hpp"

namespace eventstore {
inline namespace v1 {
ProjectionWorker::ProjectionWorker(const EventLog& log, AggregateTypes aggregates, Collections& collections,
                                   WorkerOptions options)
    : log_{log},
      aggregates_{std::move(aggregates)},
      collections_{collections},
      options_{std::move(options)},
      backoff_{options_.retry},
      schemas_{log},
      states_{log, schemas_} {
  for (const auto& aggregate : aggregates_) schemas_.know(aggregate.events);
}

// No exception leaves the worker, and no state that was being changed when it was thrown is used again.
template <class Call> auto ProjectionWorker::guarded(Call call) -> decltype(call()) {
  bool has_returned = false;
  auto result = detail::guarded("project", {}, [&] {
    auto made = call();
    has_returned = true;
    return made;
  });
  if (!has_returned) states_.clear();
  return result;
}

Result<RunReport> ProjectionWorker::run(const std::vector<const ProjectionType*>& projections, std::stop_token stop) {
  return guarded([&] {
    auto report = catch_up(projections, stop);
    // Events were dropped that it was about to read: a second try begins after them.
    return !report && report.error().code == Errc::expired ? catch_up(projections, stop) : report;
  });
}

Result<RebuildReport> ProjectionWorker::rebuild(const ProjectionType& projection, std::stop_token stop,
                                                RebuildOptions options) {
  return guarded([&] { return build_again(projection, stop, options); });
}

Result<void> ProjectionWorker::rebuild(const Projections& projections, OnRebuilt on_rebuilt, std::stop_token stop,
                                       const RebuildOptions& options) {
  return guarded([&] { return RebuildGroup{*this, options, stop}.rebuild(projections, on_rebuilt); });
}

Result<void> ProjectionWorker::roll_back(const ProjectionType& projection) {
  return guarded([&] { return collections_.roll_back(projection.name()); });
}

Result<RunReport> ProjectionWorker::follow(const Projections& projections, std::stop_token stop,
                                           const FollowOptions& options) {
  return guarded([&] { return follow_log(projections, stop, options); });
}

Result<std::uint64_t> ProjectionWorker::expire(const Projections& projections, std::stop_token stop) {
  return guarded([&] { return expire_all(projections, stop); });
}

Result<void> ProjectionWorker::keep_dropped(const std::vector<const ProjectionType*>& projections, Position last,
                                            std::stop_token stop) {
  return guarded([&] { return build_dropped(projections, last, stop); });
}

}  // namespace v1
}  // namespace eventstore
