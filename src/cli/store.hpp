#pragma once
// Private to the command line: the store that a command works on.
#include <eventstore/app/store.hpp>
#include <eventstore/cli/main.hpp>
#include <memory>
#include <string>
#include <vector>

namespace eventstore::cli {

/// The layout of results.
enum class Form : std::uint8_t {
  automatic,  ///< tables on a terminal, JSON lines elsewhere
  json,
  table,
};

/// The options of every command.
struct Setup {
  const Model& program;
  std::string directory;
  bool without_snapshots = false;
  std::vector<std::string> inline_projections{};
  MasterKeySource master_key{};
  const Clock* clock = nullptr;  ///< as StoreOptions::clock
};

enum class Access : std::uint8_t {
  read,
  write,           ///< a store that does not exist yet is made
  write_existing,  ///< a store that does not exist is not_found
};

/// The store that a command works on. Errors: as FileLog::open; for reading, a missing store is not_found.
Result<std::unique_ptr<Store>> open_store(const Setup& setup, Access access,
                                          Durability durability = Durability::every_commit);

}  // namespace eventstore::cli
