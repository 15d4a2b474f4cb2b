#include "store.hpp"

#include <fmt/core.h>

namespace eventstore::cli {

Result<std::unique_ptr<Store>> Store::open(const Setup& setup, Access access, Durability durability) {
  FileLogOptions options{};
  options.mode = access == Access::read ? FileLogOptions::Mode::read_only : FileLogOptions::Mode::read_write;
  options.durability = durability;
  return open(setup, options);
}

Result<std::unique_ptr<Store>> Store::open_existing(const Setup& setup) {
  FileLogOptions options{};
  options.create_when_missing = false;
  return open(setup, options);
}

Result<std::unique_ptr<Store>> Store::open(const Setup& setup, const FileLogOptions& options) {
  std::unique_ptr<Store> store{new Store};
  EVENTSTORE_TRY_ASSIGN(store->log_, FileLog::open(store->files_, store->clock_, setup.directory, options));
  store->schemas_ = std::make_unique<SchemaReader>(*store->log_);
  if (!setup.without_snapshots) {
    store->snapshot_files_ = std::make_unique<FileSnapshots>(store->files_, setup.directory + "/snapshots",
                                                             options.mode == FileLogOptions::Mode::read_only
                                                                 ? FileSnapshots::Mode::read_only
                                                                 : FileSnapshots::Mode::read_write);
    store->snapshots_ = std::make_unique<Snapshots>(*store->snapshot_files_, store->clock_);
  }
  if (const auto& recovery = store->log_->recovery(); recovery.bytes_discarded != 0)
    fmt::print(
        stderr,
        "eventstore: recovered: {} bytes at offset {} of {} were never acknowledged and are dropped ({}); the log "
        "ends at position {}\n",
        recovery.bytes_discarded, recovery.offset, recovery.file, recovery.reason, recovery.after.value);
  return store;
}

std::string collections_path(const Setup& setup) { return setup.directory + "/collections.sqlite"; }

EventCatalog catalog_of(const Program& program) {
  EventCatalog catalog;
  for (const auto& aggregate : program.aggregates)
    for (const auto* const schema : aggregate.events) {
      catalog.add(aggregate.category, *schema);
      for (const auto& former : aggregate.former_categories) catalog.add(former, *schema);
    }
  return catalog;
}

Result<const AggregateType*> find_aggregate(const Program& program, std::string_view category) {
  std::string known;
  for (const auto& aggregate : program.aggregates) {
    if (aggregate.has_category(category)) return &aggregate;
    known += (known.empty() ? "" : ", ") + aggregate.category;
  }
  return failure(Errc::not_found, "find aggregate", std::string{category},
                 "this program has no such category; it has " + known);
}

}  // namespace eventstore::cli
