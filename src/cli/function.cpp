#include "arguments.hpp"
#include "old_commands.hpp"
#include "output.hpp"

#include <eventstore/schema/json_text.hpp>

#include <algorithm>

namespace eventstore::cli {
namespace {

std::string command_of(const Function& function) { return records(function) ? "record" : "query"; }

Result<const Function*> find_function(const Program& program, const FunctionOptions& options) {
  const std::string command = options.records ? "record" : "query";
  std::string known;
  for (const auto& function : program.functions) {
    const auto& name = name_of(function);
    if (command_of(function) != command) {
      if (name != options.name) continue;
      return failure(Errc::not_found, command, name,
                     (records(function) ? "it appends: `" : "it reads: `") + command_of(function) + " " + name + "`");
    }
    if (name == options.name) return &function;
    known += (known.empty() ? "" : ", ") + name;
  }
  return failure(Errc::not_found, command, options.name,
                 "no such function; there are " + (known.empty() ? "none" : known));
}

// Null where none were made yet.
Result<Collections*> collections_of(Store& store) {
  auto opened = store.readable_collections();
  if (opened || opened.error().code != Errc::not_found) return opened;
  return static_cast<Collections*>(nullptr);
}

Result<Answer> run(const Function& function, const RecordContext& context, BytesView parameters) {
  if (const auto* const asked = std::get_if<AskFunction>(&function)) return asked->run(context.asking(), parameters);
  return std::get<RecordFunction>(function).run(context, parameters);
}

Result<void> run_function(const Setup& setup, const FunctionOptions& options, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const auto* const function, find_function(setup.program, options));
  EVENTSTORE_TRY_ASSIGN(const Bytes parameters, read_arguments(parameters_of(*function), options.arguments));
  SystemClock system_clock;
  ManualClock told_clock{system_clock.now()};
  if (!options.now.empty()) {
    EVENTSTORE_TRY_ASSIGN(const Timestamp now, Timestamp::parse(options.now));
    told_clock.set(now);
  }
  const auto catalog = catalog_of(setup.program);
  EVENTSTORE_TRY_ASSIGN(const auto store, open_store(setup, records(*function) ? Access::write : Access::read));
  EVENTSTORE_TRY_ASSIGN(auto* const collections, collections_of(*store));
  const RecordContext context{store->log(),
                              store->schemas(),
                              catalog,
                              told_clock,
                              collections,
                              options.caller.organization,
                              options.caller.metadata()};
  EVENTSTORE_TRY_ASSIGN(Answer answer, run(*function, context, parameters));
  for (auto& document : answer.documents) EVENTSTORE_TRY(output.write(std::move(document)));
  EVENTSTORE_TRY(output.flush());
  if (!answer.next_cursor.empty()) {
    std::string line{"{\"next_cursor\":"};
    append_json_string(line, answer.next_cursor);
    EVENTSTORE_TRY(output.write(line + "}"));
  }
  return records(*function) ? store->close() : Result<void>{};
}

}  // namespace

ExitCode function(const Setup& setup, const FunctionOptions& options) {
  Output output{setup.form};
  return output.finish(run_function(setup, options, output));
}

}  // namespace eventstore::cli
