// The commands of `schema`.
#include <eventstore/app/samples.hpp>
#include <eventstore/app/schemas.hpp>
#include <eventstore/os/file_system.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

// Null where the store does not exist: no event has been recorded yet.
Result<std::unique_ptr<Store>> open_if_any(Call& call) {
  auto store = call.open(Access::read);
  if (!store && store.error().code == Errc::not_found) return std::unique_ptr<Store>{};
  return store;
}

// Prints rows of any kind.
auto printer(Call& call) {
  return [&call](const auto& row) { return call.print(row); };
}

// Runs a use case that reads the code, the lock files and, if there is one, the log.
template <auto UseCase, class Parameters> Result<void> read_all(Call& call, const Parameters& parameters) {
  PosixFileSystem files;
  EVENTSTORE_TRY_ASSIGN(const auto store, open_if_any(call));
  return UseCase({call.model(), files, store.get()}, parameters, printer(call));
}

Result<void> lock(Call& call, const app::ListSchemas& parameters) {
  PosixFileSystem files;
  return app::lock_schemas(call.model(), files, parameters, printer(call));
}

struct SampleOptions {
  EVENTSTORE_FIELDS(SampleOptions, (app::CheckSamples, corpus, , flattened),
                    (bool, check, false, help("Only check that this program reads all samples; write nothing")));
};

Result<void> sample(Call& call, const SampleOptions& options) {
  PosixFileSystem files;
  if (options.check) return app::check_samples(call.model(), files, options.corpus, printer(call));
  EVENTSTORE_TRY(app::find_samples(files, options.corpus.where));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  return app::keep_samples(*store, files, options.corpus.where, printer(call));
}

}  // namespace

void add_schema(CommandGroup& commands) {
  auto schema = commands.group("schema", "Show the schemas of events in the code, the lock files and the log");
  schema.add<app::ListSchemas>("list", "List every schema of the code, the lock files and the log",
                               read_all<app::list_schemas>);
  schema.add<app::ShowSchema>("show", "Show the schemas of an event type", read_all<app::show_schema>);
  schema.add<app::ListSchemas>("check", "Say how each schema is read, and what to write if one cannot be read",
                               read_all<app::check_schemas>);
  schema.add("lock", "Write the schemas of today into the lock files", lock);
  schema.add("sample", "Keep scrubbed payloads of every schema in the store", sample);
}

}  // namespace eventstore::cli
