#include "old_commands.hpp"
#include "output.hpp"
#include "schema_inventory.hpp"
#include "text_file.hpp"

#include <eventstore/schema/differences.hpp>
#include <eventstore/schema/json_text.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::cli {
namespace {

// The latest locked schema of the event `name`.
const Schema* latest(const std::vector<LockEntry>& entries, const std::string& name) {
  const auto found =
      std::find_if(entries.rbegin(), entries.rend(), [&](const LockEntry& entry) { return entry.schema.name == name; });
  return found == entries.rend() ? nullptr : &found->schema;
}

std::vector<std::string> unreadable(const AggregateType& aggregate, const std::vector<LockEntry>& entries) {
  std::vector<std::string> sentences;
  for (const auto& [number, schema] : entries) {
    const auto verdict = judge(schema.name, schema.record_text(), aggregate.readable->texts());
    if (!verdict.reads())
      sentences.push_back(fmt::format("{} as of number {}: {}", schema.name, number, describe_unreadable(verdict)));
  }
  return sentences;
}

// Adds what is new to `entries`; what that is, in words.
std::vector<std::string> add_current(const AggregateType& aggregate, std::vector<LockEntry>& entries) {
  std::vector<std::string> changes;
  for (const auto* const schema : aggregate.events) {
    const bool there = std::any_of(entries.begin(), entries.end(),
                                   [&](const LockEntry& entry) { return entry.schema.id == schema->id; });
    if (there) continue;
    const auto* const before = latest(entries, schema->name);
    if (before == nullptr) {
      changes.push_back(fmt::format("{} is new", schema->name));
    } else {
      const auto found = describe_differences(before->record_text(), annotated_text(schema->type));
      for (const auto& difference : found) changes.push_back(fmt::format("{}: {}", schema->name, difference));
      if (found.empty()) changes.push_back(fmt::format("{}: attributes of its fields", schema->name));
    }
    entries.push_back({entries.size() + 1, *schema});
  }
  return changes;
}

// One category; false where nothing was written because a locked schema could not be read any more.
Result<bool> lock_one(const AggregateType& aggregate, const std::string& locks, Output& output) {
  const auto path = lock_path(locks, aggregate.category);
  EVENTSTORE_TRY_ASSIGN(auto entries, load_lock(path));
  const auto broken = unreadable(aggregate, entries);
  const auto changes = broken.empty() ? add_current(aggregate, entries) : std::vector<std::string>{};
  if (!changes.empty()) EVENTSTORE_TRY(replace_text_file(path, write_lock(aggregate.category, entries)));
  std::string out{"{\"category\":"};
  append_json_string(out, aggregate.category);
  out += ",\"file\":";
  append_json_string(out, path);
  out += fmt::format(",\"schemas\":{},\"changes\":{}", entries.size(), texts_json(changes));
  if (!broken.empty()) out += ",\"breaking\":" + texts_json(broken);
  EVENTSTORE_TRY(output.write(out + "}"));
  return broken.empty();
}

Result<bool> lock_all(const Setup& setup, const std::string& locks, Output& output) {
  if (auto folder = PosixFileSystem{}.list(locks); !folder) {
    folder.error().detail = "no such folder: run this where the aggregates' folder is, or name it with --locks";
    return failure_of(folder);
  }
  bool all = true;
  for (const auto& aggregate : setup.program.aggregates) {
    EVENTSTORE_TRY_ASSIGN(const bool locked, lock_one(aggregate, locks, output));
    all = all && locked;
  }
  return all;
}

}  // namespace

ExitCode schema_lock(const Setup& setup, const SchemaOptions& options) {
  Output output{setup.form};
  auto locked = lock_all(setup, options.locks, output);
  if (!locked) return output.finish(failure_of(locked));
  const auto finished = output.finish({});
  if (finished == ExitCode::done && !*locked)
    return report({Errc::unreadable_schema, "schema lock", "",
                   "a locked schema cannot be read by this build, so its file stays as it is: see the lines above; a "
                   "schema that was never used may be taken out of the file by hand"});
  return finished;
}

}  // namespace eventstore::cli
