#include <eventstore/app/describe.hpp>
#include <eventstore/app/execute.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_execute(Call& call, const app::Execute& parameters) {
  EVENTSTORE_TRY(app::check(call.model(), parameters));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::write));
  EVENTSTORE_TRY_ASSIGN(auto executed, app::execute(*store, parameters));
  EVENTSTORE_TRY(store->close());
  call.changed("the command was executed");
  for (auto& line : executed.lines) EVENTSTORE_TRY(call.print_line(std::move(line)));
  return executed.projected ? call.print(app::ProjectedInline{*executed.projected}) : Result<void>{};
}

}  // namespace

void add_execute(CommandGroup& commands) {
  commands.add("execute", "Run a command of the domain, and print its new events", run_execute,
               {.arguments = {"json"}, .footer = [&model = commands.model()](const auto& words) {
                  return app::describe_commands(model, words);
                }});
}

}  // namespace eventstore::cli
