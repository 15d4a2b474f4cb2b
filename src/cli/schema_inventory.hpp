#pragma once
// Private to the command line: the schemas that a program, its lock files and a store know.
#include <eventstore/schema/lock_file.hpp>
#include <map>
#include <optional>
#include <string>
#include "store.hpp"

namespace eventstore::cli {

/// One schema of one category.
struct KnownSchema {
  std::string category;
  Schema schema;
  bool current = false;           ///< of an event of today
  std::size_t locked = 0;         ///< its number in the lock file; 0: not there
  std::uint64_t events = 0;       ///< recorded under it
  std::optional<Verdict> read{};  ///< absent where the program does not have the category
};

/// By category, name of the event, and digest.
using Inventory = std::map<std::tuple<std::string, std::string, std::string>, KnownSchema>;

struct InventorySources {
  std::string locks;   ///< the folder that has a folder for each category; empty: no lock files are read
  bool store = false;  ///< read the log; one that is not there has nothing
};

/// Errors: corrupt_record (a lock file, the log), io_failed. Cost: with `store`, one pass over the log.
Result<Inventory> take_inventory(const Setup& setup, const InventorySources& sources);

std::string lock_path(const std::string& locks, std::string_view category);
/// The entries of a lock file; none where there is no file.
Result<std::vector<LockEntry>> load_lock(const std::string& path);

/// {"category":…,"event_type":…,"schema":…} without the closing brace.
std::string begin_schema_json(const KnownSchema& known);
/// What differs from the struct that reads it, in words; empty where nothing does.
std::vector<std::string> differences_of(const Program& program, const KnownSchema& known);
/// `texts` as a JSON array.
std::string texts_json(const std::vector<std::string>& texts);

}  // namespace eventstore::cli
