#include "store_parts.hpp"

namespace eventstore {
inline namespace v1 {

Result<SqliteCollections*> Store::Parts::open_collections() {
  if (collections == nullptr) {
    EVENTSTORE_TRY_ASSIGN(collections, SqliteCollections::open(collections_path()));
  }
  return collections.get();
}

Result<Collections*> Store::collections() {
  const std::lock_guard lock{parts_->working};
  EVENTSTORE_TRY_ASSIGN(auto* const opened, parts_->open_collections());
  return opened;
}

Result<Collections*> Store::readable_collections() {
  const std::lock_guard lock{parts_->working};
  if (parts_->readable_collections == nullptr) {
    EVENTSTORE_TRY_ASSIGN(parts_->readable_collections,
                          SqliteCollections::open(parts_->collections_path(), SqliteCollections::Mode::read_only));
  }
  return parts_->readable_collections.get();
}

Result<Collections*> Store::live_collections(std::string_view projection) {
  const std::string names[]{std::string{projection}};
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(model(), names));
  EVENTSTORE_TRY_ASSIGN(auto* const opened, readable_collections());
  EVENTSTORE_TRY(check_live(log(), *projections.front(), *opened, model().aggregates));
  return opened;
}

Result<ProjectionWorker*> Store::worker() {
  if (parts_->worker == nullptr) {
    EVENTSTORE_TRY_ASSIGN(auto* const opened, parts_->open_collections());
    auto options = parts_->options.worker;
    if (options.clock == nullptr) options.clock = &parts_->clock;
    parts_->worker = std::make_unique<ProjectionWorker>(log(), parts_->aggregates(), *opened, std::move(options));
  }
  return parts_->worker.get();
}

Result<RunReport> Store::project(std::span<const std::string> names, std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(model(), names));
  const std::lock_guard lock{parts_->working};
  EVENTSTORE_TRY_ASSIGN(auto* const worker_of_all, worker());
  return worker_of_all->run(projections, std::move(stop));
}

Result<RunReport> Store::rebuild(std::string_view name, std::stop_token stop, RebuildOptions options) {
  const std::string names[]{std::string{name}};
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(model(), names));
  const std::lock_guard lock{parts_->working};
  EVENTSTORE_TRY_ASSIGN(auto* const worker_of_all, worker());
  return worker_of_all->rebuild(*projections.front(), std::move(stop), options);
}

Result<void> Store::keep_dropped(Position last) {
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(model(), {}));
  const std::lock_guard lock{parts_->working};
  // Where there are no collections, none is made.
  if (parts_->collections == nullptr) {
    const auto there = SqliteCollections::open(parts_->collections_path(), SqliteCollections::Mode::read_only);
    if (!there && there.error().code == Errc::not_found) return {};
  }
  EVENTSTORE_TRY_ASSIGN(auto* const worker_of_all, worker());
  return worker_of_all->keep_dropped(projections, last);
}

Result<std::vector<ProjectionStatus>> Store::status() {
  const std::lock_guard lock{parts_->working};
  EVENTSTORE_TRY_ASSIGN(auto* const worker_of_all, worker());
  std::vector<ProjectionStatus> all;
  for (const auto& projection : model().projections) {
    EVENTSTORE_TRY_ASSIGN(auto status, worker_of_all->status(projection));
    all.push_back(std::move(status));
  }
  return all;
}

}  // namespace v1
}  // namespace eventstore
