#pragma once
// Private to the use cases: the schemas that a model, its lock files and a store know.
#include <eventstore/app/schemas.hpp>
#include <eventstore/schema/lock_file.hpp>
#include <map>
#include <optional>
#include <string>
#include <tuple>

namespace eventstore::app {

/// One schema of one category; one without an id stands for events of an unknown type that are kept as JSON.
struct KnownSchema {
  std::string category;
  Schema schema;
  bool current = false;             ///< of an event of today
  bool is_librarys = false;         ///< of library_aggregates(): the library's own lock has it
  std::size_t locked = 0;           ///< its number in the lock file; 0: it has none
  std::uint64_t events = 0;         ///< recorded under it
  std::vector<std::string> asks{};  ///< about defaults that changed since they were first locked
  std::optional<Verdict> read{};    ///< absent where the model does not have the category

  /// Its digest, or "json".
  [[nodiscard]] std::string digest() const { return schema.id.is_none() ? "json" : schema.id.digest.to_string(); }
};

/// By category, name of the event, and digest.
using Inventory = std::map<std::tuple<std::string, std::string, std::string>, KnownSchema>;

/// `locks`: the folder that has a folder for each category; empty: no lock files are read. Errors: corrupt_record (a
/// lock file, the log), io_failed. Cost: with a store, one pass over the log.
Result<Inventory> take_inventory(const SchemaSources& sources, const std::string& locks);

std::string lock_path(const std::string& locks, std::string_view category);
/// The entries of a lock file; none where there is no file.
Result<std::vector<LockEntry>> load_lock(FileSystem& files, const std::string& path);

/// "same", "resolved", "upcast", "by value", "breaking", "unknown" or "not ours".
std::string_view verdict_of(const KnownSchema& known);
/// The reason why the aggregate does not read the schema, and the code to write.
std::string what_to_write(const AggregateType& aggregate, const Schema& schema, const Verdict& verdict);
/// The differences from the struct that reads it, in words; empty if it is that struct's own schema.
std::optional<std::vector<std::string>> differences_of(const Model& model, const KnownSchema& known);

}  // namespace eventstore::app
