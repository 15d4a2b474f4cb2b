#include <eventstore/app/seal.hpp>
#include <eventstore/os/file_system.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_seal(Call& call) {
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto sealed, app::seal(files, call.directory()));
  return call.print(sealed);
}

}  // namespace

void add_seal(CommandGroup& commands) {
  commands.add("seal", "Make the seals of finished segments that have none", run_seal);
}

}  // namespace eventstore::cli
