#include <eventstore/app/backup.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/os/file_system.hpp>

#include <fmt/format.h>

#include "commands.hpp"
#include "copy_bar.hpp"

namespace eventstore::cli {
namespace {

struct BackupOptions {
  EVENTSTORE_FIELDS(BackupOptions, (app::Backup, backup, , flattened),
                    (bool, check, false, help("Only check every byte of the backup; write nothing")));
};

Result<void> check(Call& call, const app::Backup& parameters) {
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto found,
                        app::check_backup(files, parameters, copy_bar(call, "check"), Call::interruption()));
  EVENTSTORE_TRY(call.print(found));
  if (found.complete) return {};
  return failure(
      Errc::io_failed, "check the backup", parameters.directory,
      fmt::format(
          "the last run was cut off or is still running: the backup is whole up to position {}; run backup again",
          found.content.position));
}

Result<void> run_backup(Call& call, const BackupOptions& options) {
  if (options.check) return check(call, options.backup);
  PosixFileSystem files;
  const SystemClock clock;
  EVENTSTORE_TRY_ASSIGN(const auto made, app::backup({files, call.directory(), files}, options.backup, clock,
                                                     copy_bar(call, "backup"), Call::interruption()));
  return call.print(made);
}

}  // namespace

void add_backup(CommandGroup& commands) {
  commands.add("backup", "Copy the store to a backup; a later run copies only new events", run_backup);
}

}  // namespace eventstore::cli
