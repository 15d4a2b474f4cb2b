#include <eventstore/app/subject.hpp>

#include "store_parts.hpp"

namespace eventstore {
inline namespace v1 {

Store::Store(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
Store::Store(Store&& other) noexcept = default;
Store& Store::operator=(Store&& other) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(std::string directory, Model model, StoreOptions options) {
  EVENTSTORE_TRY(check_model(model));
  auto parts = std::make_unique<Parts>(std::move(directory), std::move(model), std::move(options));
  EVENTSTORE_TRY_ASSIGN(parts->log, FileLog::open(parts->files, parts->clock, parts->directory, parts->options.log));
  parts->schemas = std::make_unique<SchemaReader>(*parts->log);
  for (const auto& aggregate : parts->model.aggregates) parts->schemas->know(aggregate.events);
  EVENTSTORE_TRY(parts->open_keys());
  if (parts->options.snapshots) {
    parts->snapshot_files = std::make_unique<FileSnapshots>(
        parts->files, parts->directory + "/snapshots",
        parts->reads_only() ? FileSnapshots::Mode::read_only : FileSnapshots::Mode::read_write);
    parts->snapshots = std::make_unique<Snapshots>(*parts->snapshot_files, parts->clock);
  }
  if (!parts->options.inline_projections.empty()) EVENTSTORE_TRY(parts->project_inline());
  Store store{std::move(parts)};
  if (store.parts_->reads_only()) return store;
  EVENTSTORE_TRY_ASSIGN(const auto left, app::finish_erasures(store));
  if (const auto& tell = store.parts_->options.on_unfinished_erasures; tell && !left.empty()) tell(left);
  return store;
}

const Model& Store::model() const { return parts_->model; }
const std::string& Store::directory() const { return parts_->directory; }
std::string Store::collections_path() const { return parts_->collections_path(); }
EventLog& Store::event_log() {
  if (parts_->projecting_log) return *parts_->projecting_log;
  return *parts_->log;
}
FileLog& Store::log() { return *parts_->log; }
const FileLog& Store::log() const { return *parts_->log; }
const SchemaReader& Store::schemas() const { return *parts_->schemas; }
Snapshots* Store::snapshots() const { return parts_->snapshots.get(); }
const Clock& Store::clock() const { return parts_->clock; }
FileSystem& Store::files() const { return parts_->files; }
ReactionHost Store::reaction_host(OutsideFunctions functions) {
  return {event_log(),         clock(), parts_->aggregates(), files(), directory() + "/reactions", snapshots(),
          std::move(functions)};
}
Result<ReactionWorker> Store::react(std::string_view name, ReactionOptions options) {
  const std::string names[]{std::string{name}};
  EVENTSTORE_TRY_ASSIGN(const auto found, find_reactions(model(), names));
  return ReactionWorker::open(reaction_host(model().outside), *found.front(), options);
}
Result<void> Store::close() { return parts_->log->close(); }

const AggregateType* Store::aggregate_type(std::string_view category) const {
  for (const auto& type : parts_->model.aggregates)
    if (type.category == category) return &type;
  return nullptr;
}

}  // namespace v1
}  // namespace eventstore
