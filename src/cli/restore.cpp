#include <eventstore/app/backup.hpp>
#include <eventstore/os/file_system.hpp>

#include "commands.hpp"
#include "copy_bar.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_restore(Call& call, const app::Restore& parameters) {
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto restored, app::restore({files, call.directory(), files}, parameters,
                                                          copy_bar(call, "restore"), Call::interruption()));
  return call.print(restored);
}

}  // namespace

void add_restore(CommandGroup& commands) {
  commands.add("restore", "Make the store from a backup, in a directory that has no store yet", run_restore);
}

}  // namespace eventstore::cli
