#pragma once
// Private to the command line: the store that a command works on.
#include <eventstore/app/store.hpp>
#include <eventstore/cli/main.hpp>
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
  const Model& program;
  std::string directory;
  Form form = Form::automatic;
  bool without_snapshots = false;
};

enum class Access : std::uint8_t {
  read,
  write,           ///< a store that does not exist yet is made
  write_existing,  ///< a store that does not exist is not_found
};

/// The store that a command works on. Errors: as FileLog::open; a store that is not there is not_found for reading.
Result<std::unique_ptr<Store>> open_store(const Setup& setup, Access access,
                                          Durability durability = Durability::every_commit);

}  // namespace eventstore::cli
