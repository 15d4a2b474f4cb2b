#include "arguments.hpp"
#include "old_commands.hpp"
#include "output.hpp"

#include <eventstore/schema/json_text.hpp>

#include <algorithm>

namespace eventstore::cli {
namespace {

Result<const FunctionType*> find_function(const Program& program, const FunctionOptions& options) {
  std::string known;
  for (const auto& function : program.functions) {
    if (function.records != options.records) {
      if (function.name != options.name) continue;
      return failure(
          Errc::not_found, options.records ? "record" : "query", options.name,
          function.records ? "it appends: `record " + function.name + "`" : "it reads: `query " + function.name + "`");
    }
    if (function.name == options.name) return &function;
    known += (known.empty() ? "" : ", ") + function.name;
  }
  return failure(Errc::not_found, options.records ? "record" : "query", options.name,
                 "no such function; there are " + (known.empty() ? "none" : known));
}

Result<void> run_function(const Setup& setup, const FunctionOptions& options, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const auto* const function, find_function(setup.program, options));
  EVENTSTORE_TRY_ASSIGN(const Bytes parameters, read_arguments(*function->parameters, options.arguments));
  SystemClock system_clock;
  ManualClock told_clock{system_clock.now()};
  if (!options.now.empty()) {
    EVENTSTORE_TRY_ASSIGN(const Timestamp now, Timestamp::parse(options.now));
    told_clock.set(now);
  }
  const auto catalog = catalog_of(setup.program);
  EVENTSTORE_TRY_ASSIGN(const auto store, open_store(setup, function->records ? Access::write : Access::read));
  std::unique_ptr<SqliteCollections> collections;
  auto opened = SqliteCollections::open(collections_path(setup), SqliteCollections::Mode::read_only);
  if (opened)
    collections = std::move(*opened);
  else if (opened.error().code != Errc::not_found)
    return failure_of(opened);
  const FunctionContext context{store->log(),
                                store->schemas(),
                                catalog,
                                told_clock,
                                collections.get(),
                                options.caller.organization,
                                options.caller.metadata()};
  EVENTSTORE_TRY_ASSIGN(Answer answer, function->run(context, parameters));
  for (auto& document : answer.documents) EVENTSTORE_TRY(output.write(std::move(document)));
  EVENTSTORE_TRY(output.flush());
  if (!answer.next_cursor.empty()) {
    std::string line{"{\"next_cursor\":"};
    append_json_string(line, answer.next_cursor);
    EVENTSTORE_TRY(output.write(line + "}"));
  }
  return function->records ? store->close() : Result<void>{};
}

}  // namespace

ExitCode function(const Setup& setup, const FunctionOptions& options) {
  Output output{setup.form};
  return output.finish(run_function(setup, options, output));
}

}  // namespace eventstore::cli
