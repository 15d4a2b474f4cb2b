// How projections are.
#include <eventstore/app/projections.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/collections/memory/memory_collections.hpp>

#include <algorithm>
#include <cmath>

#include "unless_zero.hpp"
#include "worker_lease.hpp"

namespace eventstore::app {
namespace {

ProjectionState row_of(const ProjectionStatus& status) {
  ProjectionState row{};
  row.projection = status.name;
  row.health = to_string(status.health);
  row.position = status.position.value;
  row.behind = status.head.value - std::min(status.head, status.position).value;
  row.documents = status.documents;
  if (status.lag_seconds) row.behind_seconds = std::round(*status.lag_seconds * 1000) / 1000;
  if (status.events_per_second)
    row.events_per_second = static_cast<std::uint64_t>(std::llround(*status.events_per_second));
  row.set_aside = unless_zero(status.set_aside.open);
  row.dropped = unless_zero(status.set_aside.dropped);
  if (status.error) row.error = std::string{to_string(status.error->code)};
  if (status.error && status.error->at != Position{0}) row.error_position = status.error->at.value;
  row.retries = unless_zero(status.retries);
  if (!status.reason.empty()) row.reason = status.reason;
  if (status.rebuilding) row.rebuild_position = status.rebuild_position.value;
  for (const auto& each : status.passed_over)
    (row.passed_over ? *row.passed_over : row.passed_over.emplace())
        .push_back({each.category, each.type, each.first.value, each.events});
  if (!status.note.empty()) row.note = status.note;
  row.expired_before = status.expired_before;
  return row;
}

// Only reads: who looks waits for nobody, and nobody for him.
Result<void> look(Store& store, FunctionRef<Result<void>(const ProjectionStatus&, const ProjectionState&)> on_status) {
  MemoryCollections none;
  const auto opened = store.readable_collections();
  if (!opened && opened.error().code != Errc::not_found) return tl::unexpected<Error>{opened.error()};
  EVENTSTORE_TRY_ASSIGN(const auto holders, WorkerLease::holders(store.files(), store.collections_path()));
  WorkerOptions options{};
  options.clock = &store.clock();
  ProjectionWorker worker{store.log(), store.model().aggregates, opened ? **opened : none, options};
  for (const auto& projection : store.model().projections) {
    EVENTSTORE_TRY_ASSIGN(const auto status, worker.status(projection));
    auto row = row_of(status);
    if (status.health == ProjectionStatus::Health::live) {
      EVENTSTORE_TRY_ASSIGN(const auto certificate, (*opened)->certificate(status.name));
      if (certificate.digest) row.digest = certificate.digest->to_string();
    }
    if (!holders.worker.empty()) row.worker = holders.worker;
    if (!holders.standby.empty()) row.standby = holders.standby;
    EVENTSTORE_TRY(on_status(status, row));
  }
  return {};
}

}  // namespace

Result<void> list_projections(Store& store, FunctionRef<Result<void>(const ProjectionState&)> on_projection) {
  return look(store, [&](const ProjectionStatus&, const ProjectionState& row) { return on_projection(row); });
}

Result<bool> check_projections_health(Store& store, const ProjectionHealth& parameters,
                                      FunctionRef<Result<void>(const ProjectionState&)> on_unwell) {
  const auto behind_max = parameters.behind_seconds_max;
  bool all_well = true;
  EVENTSTORE_TRY(look(store, [&](const ProjectionStatus& status, const ProjectionState& row) -> Result<void> {
    const bool is_late = behind_max && status.lag_seconds.value_or(0) > static_cast<double>(*behind_max);
    if (!is_unwell(status) && !is_late) return {};
    all_well = false;
    return on_unwell(row);
  }));
  return all_well;
}

}  // namespace eventstore::app
