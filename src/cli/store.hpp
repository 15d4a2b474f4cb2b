#pragma once
// Private to the command line: the store that a command works on.
#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/cli/main.hpp>
#include <eventstore/log/file_log.hpp>
#include <memory>
#include <string>

namespace eventstore::cli {

/// How results are laid out.
enum class Form : std::uint8_t {
  automatic,  ///< tables on a terminal, JSON lines elsewhere
  json,
  table,
};

/// What every command is given.
struct Setup {
  const Program& program;
  std::string directory;
  Form form = Form::automatic;
  bool without_snapshots = false;
};

enum class Access : std::uint8_t { read, write };

/// An open log with what is needed to read it. Lifetime: at one place, because its parts refer to each other.
class Store {
 public:
  /// Errors: as FileLog::open; a store that is not there is not_found for reading.
  static Result<std::unique_ptr<Store>> open(const Setup& setup, Access access,
                                             Durability durability = Durability::every_commit);

  /// Likewise for writing, but a store that is not there is not_found too.
  static Result<std::unique_ptr<Store>> open_existing(const Setup& setup);

  FileLog& log() { return *log_; }
  [[nodiscard]] const SchemaReader& schemas() const { return *schemas_; }
  /// Null where they are switched off.
  [[nodiscard]] Snapshots* snapshots() const { return snapshots_.get(); }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  /// Syncs and closes. Errors: as FileLog::close.
  Result<void> close() { return log_->close(); }

 private:
  Store() = default;
  static Result<std::unique_ptr<Store>> open(const Setup& setup, const FileLogOptions& options);
  PosixFileSystem files_;
  SystemClock clock_;
  std::unique_ptr<FileLog> log_;
  std::unique_ptr<SchemaReader> schemas_;
  std::unique_ptr<FileSnapshots> snapshot_files_;
  std::unique_ptr<Snapshots> snapshots_;
};

/// The file of the collections beside the log.
std::string collections_path(const Setup& setup);

/// The catalog of all event types that the program registers.
EventCatalog catalog_of(const Program& program);

/// The aggregate of a category. Errors: not_found, naming those that are.
Result<const AggregateType*> find_aggregate(const Program& program, std::string_view category);

}  // namespace eventstore::cli
