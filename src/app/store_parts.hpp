#pragma once
// Private to the store: its parts, kept at one place because they refer to each other.
#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/projection/projection_progress.hpp>
#include <mutex>
#include <optional>

#include "inline_projections.hpp"
#include "projecting_log.hpp"

namespace eventstore {
inline namespace v1 {

struct Store::Parts {
  Parts(std::string store_directory, Model store_model, StoreOptions store_options)
      : directory{std::move(store_directory)},
        shared_model{std::make_shared<const Model>(std::move(store_model))},
        options{std::move(store_options)} {}

  const std::string directory;
  const std::shared_ptr<const Model> shared_model;  // with the worker
  const Model& model = *shared_model;
  const StoreOptions options;
  PosixFileSystem own_files;
  SystemClock own_clock;
  FileSystem& files = options.files != nullptr ? *options.files : own_files;
  const Clock& clock = options.clock != nullptr ? *options.clock : own_clock;

  std::unique_ptr<FileLog> log;
  std::shared_ptr<KeyStore> keys;
  SqliteKeyStore* own_keys = nullptr;  // keys, where they are the store's own
  std::unique_ptr<SchemaReader> schemas;
  std::unique_ptr<FileSnapshots> snapshot_files;
  std::unique_ptr<Snapshots> snapshots;

  ProjectionProgress progress;  // of the runs of this store
  std::optional<InlineProjections> inline_projections;
  std::optional<ProjectingLog> projecting_log;  // of both: absent together
  std::mutex looking;
  std::unique_ptr<SqliteCollections> looked_at;  // guarded by looking: by threads that wait, whatever others do

  std::mutex working;  // guards everything below
  std::unique_ptr<SqliteCollections> collections;
  std::unique_ptr<SqliteCollections> readable_collections;
  std::unique_ptr<ProjectionWorker> worker;  // kept from run to run with its states

  [[nodiscard]] AggregateTypes aggregates() const {
    return AggregateTypes{std::shared_ptr<const std::vector<AggregateType>>{shared_model, &shared_model->aggregates}};
  }
  [[nodiscard]] std::string collections_path() const {
    return options.collections_path.empty() ? directory + "/collections.sqlite" : options.collections_path;
  }
  [[nodiscard]] bool reads_only() const { return options.log.mode == FileLogOptions::Mode::read_only; }
  [[nodiscard]] MasterKeySource master_key_source() const;
  // Gives the log its keys. Errors: as SqliteKeyStore::open.
  Result<void> open_keys();
  // Makes the two, unless the store is open for reading. Errors: as Store::open.
  Result<void> project_inline();
  // Called under `working`.
  Result<SqliteCollections*> open_collections();
};

}  // namespace v1
}  // namespace eventstore
