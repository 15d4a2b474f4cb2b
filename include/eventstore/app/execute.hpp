#pragma once
// A command of the domain, by its name and with its data as JSON.
#include <eventstore/app/caller.hpp>
#include <eventstore/app/store.hpp>

namespace eventstore::app {

struct Execute {
  EVENTSTORE_FIELDS(
      Execute, (std::string, stream, , help("Stream that the command is for, like {stream}")),
      (std::string, command, , help("Name of the command: see the list below")),
      (std::string, json, "{}", help("Data of the command, as a JSON object")),
      (std::optional<Uuid>, command_id, ,
       help("UUID of the command: a second run with the same UUID appends nothing, and has the same result")),
      (Caller, caller, , flattened));
};

/// Checks that the command exists and fits its data; needs no store. Errors: not_found (no such category or command),
/// invalid_argument (no stream id; the data is not the command's).
Result<void> check(const Model& model, const Execute& parameters);

/// What a command came to.
struct ExecutedLines {
  std::vector<std::string> lines;   ///< its new events as event lines, none if there was nothing to do
  std::optional<bool> projected{};  ///< as Executed::projected
};

/// Whether the inline projections of the store reflect what was appended.
struct ProjectedInline {
  EVENTSTORE_FIELDS(ProjectedInline, (bool, projected));
};

/// Runs the command. A repeated command gives the events of its first run. Errors: as check; refused; as
/// Store::execute. Nothing fails once events were appended.
Result<ExecutedLines> execute(Store& store, const Execute& parameters);

}  // namespace eventstore::app
