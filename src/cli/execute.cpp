#include <eventstore/app/execute.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run(Call& call, const app::Execute& parameters) {
  EVENTSTORE_TRY(app::check(call.model(), parameters));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::write));
  EVENTSTORE_TRY(app::execute(*store, parameters,
                              [&](const RecordedEvent& event) { return call.print_event(event, store->schemas()); }));
  return store->close();
}

}  // namespace

void add_execute(CommandGroup& commands) {
  commands.add("execute", "Run a command of the domain, and print its new events", run, {.arguments = {"json"}});
}

}  // namespace eventstore::cli
