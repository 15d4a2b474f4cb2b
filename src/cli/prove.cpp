#include <eventstore/app/proof.hpp>
#include <eventstore/os/file_system.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_prove(Call& call, const app::Prove& parameters) {
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto proof, app::prove(files, call.directory(), parameters));
  return call.print(proof);
}

}  // namespace

void add_prove(CommandGroup& commands) {
  commands.add("prove", "Print the proof that an event is part of the sealed history", run_prove, {.lines_only = true});
}

}  // namespace eventstore::cli
