#include "store_parts.hpp"

namespace eventstore {
inline namespace v1 {

Result<SqliteCollections*> Store::Parts::open_collections() {
  if (collections == nullptr) {
    EVENTSTORE_TRY_ASSIGN(collections, SqliteCollections::open(collections_path()));
  }
  return collections.get();
}

Result<void> Store::Parts::project_inline() {
  EVENTSTORE_TRY_ASSIGN(auto projections, find_projections(model, options.inline_projections));
  if (options.log.mode == FileLogOptions::Mode::read_only) return {};
  if (options.log.durability != Durability::every_commit)
    return failure(Errc::invalid_argument, "open store", options.inline_projections.front(),
                   "an inline projection makes documents of events that are durable: open the log with durability "
                   "every_commit");
  auto how = options.worker;
  if (how.clock == nullptr) how.clock = &clock;
  inline_projections.emplace(InlineProjections::Setup{*log, aggregates(), files, collections_path(),
                                                      std::move(projections), std::move(how), options.inline_events_max,
                                                      progress});
  projecting_log.emplace(*log, *inline_projections);
  return {};
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
  auto report = worker_of_all->run(projections, std::move(stop));
  if (report) parts_->progress.reached(projections, *report);
  return report;
}

Result<RunReport> Store::rebuild(std::string_view name, std::stop_token stop, RebuildOptions options) {
  const std::string names[]{std::string{name}};
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(model(), names));
  const std::lock_guard lock{parts_->working};
  EVENTSTORE_TRY_ASSIGN(auto* const worker_of_all, worker());
  auto report = worker_of_all->rebuild(*projections.front(), std::move(stop), options);
  if (report && !report->stopped) parts_->progress.reached(projections, *report);
  return report;
}

// Also what another process has made, or a run before this store was opened.
Result<bool> Store::look_whether_reached(const ProjectionType& projection, Position position) {
  const std::lock_guard lock{parts_->looking};
  if (parts_->looked_at == nullptr) {
    auto opened = SqliteCollections::open(parts_->collections_path(), SqliteCollections::Mode::read_only);
    if (!opened && opened.error().code == Errc::not_found) return false;
    if (!opened) return failure_of(opened);
    parts_->looked_at = std::move(*opened);
  }
  EVENTSTORE_TRY_ASSIGN(const auto checkpoint, parts_->looked_at->checkpoint(projection.name()));
  return checkpoint && !checkpoint->building && checkpoint->position >= position;
}

Result<bool> Store::wait_until(std::string_view projection, Position position, std::chrono::milliseconds timeout,
                               std::stop_token stop) {
  const std::string names[]{std::string{projection}};
  EVENTSTORE_TRY_ASSIGN(const auto projections, find_projections(model(), names));
  EVENTSTORE_TRY_ASSIGN(const bool is_there, look_whether_reached(*projections.front(), position));
  if (is_there || parts_->progress.wait_until(projection, position, timeout, std::move(stop))) return true;
  return look_whether_reached(*projections.front(), position);
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
