// The schemas of today written down in the lock files.
#include <eventstore/app/schemas.hpp>
#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/detail/first_defaults.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "schema_inventory.hpp"
#include "text_file.hpp"

namespace eventstore::app {
namespace {

// The latest locked schema of the event `name`.
const Schema* latest(const std::vector<LockEntry>& entries, const std::string& name) {
  const auto found =
      std::find_if(entries.rbegin(), entries.rend(), [&](const LockEntry& entry) { return entry.schema.name == name; });
  return found == entries.rend() ? nullptr : &found->schema;
}

std::vector<std::string> unreadable(const AggregateType& aggregate, const std::vector<LockEntry>& entries) {
  std::vector<std::string> sentences;
  for (const auto& [number, schema, defaults] : entries) {
    const auto verdict = judge(schema.name, schema.record_text(), aggregate.readable->texts());
    if (!verdict.reads())
      sentences.push_back(
          fmt::format("{} as of number {}: {}", schema.name, number, what_to_write(aggregate, schema, verdict)));
  }
  return sentences;
}

// Adds new schemas to `entries`; gives the changes in words.
std::vector<std::string> add_current(const AggregateType& aggregate, std::vector<LockEntry>& entries) {
  std::vector<std::string> changes;
  for (const auto* const schema : aggregate.events) {
    for (const auto& sentence : ask_first_defaults(entries, *schema))
      changes.push_back(fmt::format("{}: {}", schema->name, sentence));
    const auto there = std::find_if(entries.begin(), entries.end(),
                                    [&](const LockEntry& entry) { return entry.schema.id == schema->id; });
    if (there != entries.end()) {
      if (!there->defaults) changes.push_back(fmt::format("{}: its defaults are recorded", schema->name));
      if (!there->defaults) there->defaults = first_defaults_json(schema->type);
      continue;
    }
    const auto* const before = latest(entries, schema->name);
    if (before == nullptr) {
      changes.push_back(fmt::format("{} is new", schema->name));
    } else {
      const auto found = describe_differences(before->record_text(), annotated_text(schema->type));
      for (const auto& difference : found) changes.push_back(fmt::format("{}: {}", schema->name, difference));
      if (found.empty()) changes.push_back(fmt::format("{}: attributes of its fields", schema->name));
    }
    entries.push_back({entries.size() + 1, *schema, first_defaults_json(schema->type)});
  }
  return changes;
}

// Writes nothing where a locked schema can no longer be read.
Result<LockedCategory> lock_one(const AggregateType& aggregate, FileSystem& files, const std::string& locks) {
  LockedCategory locked{};
  locked.category = aggregate.category;
  locked.file = lock_path(locks, aggregate.category);
  EVENTSTORE_TRY_ASSIGN(auto entries, load_lock(files, locked.file));
  if (auto broken = unreadable(aggregate, entries); !broken.empty())
    locked.breaking = std::move(broken);
  else
    locked.changes = add_current(aggregate, entries);
  locked.schemas = entries.size();
  if (!locked.changes.empty())
    EVENTSTORE_TRY(replace_text_file(files, locked.file, write_lock(aggregate.category, entries)));
  return locked;
}

}  // namespace

Result<void> lock_schemas(const Model& model, FileSystem& files, const ListSchemas& parameters,
                          FunctionRef<Result<void>(const LockedCategory&)> on_category) {
  if (auto folder = files.list(parameters.locks); !folder) {
    folder.error().detail =
        "the folder does not exist: run the command in the directory that has it, or name the folder with --locks";
    return failure_of(folder);
  }
  bool all_read = true;
  for (const auto& aggregate : model.aggregates) {
    EVENTSTORE_TRY_ASSIGN(const auto locked, lock_one(aggregate, files, parameters.locks));
    EVENTSTORE_TRY(on_category(locked));
    all_read = all_read && !locked.breaking;
  }
  if (all_read) return {};
  return failure(Errc::unreadable_schema, "schema lock", "",
                 "this build cannot read a locked schema, so its file was not changed: see the lines above; if no "
                 "event has the schema, you may delete its line by hand");
}

}  // namespace eventstore::app
