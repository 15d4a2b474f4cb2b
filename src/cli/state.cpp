#include <eventstore/app/state.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_state(Call& call, const app::ShowState& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto shown, app::show_state(*store, parameters));
  return call.print(shown);
}

}  // namespace

void add_state(CommandGroup& commands) {
  commands.add("state", "Show the present state of an aggregate, or an earlier one", run_state,
               {.exclusive = {{"at_version", "at_time"}, {"at_version", "at_position"}, {"at_time", "at_position"}}});
}

}  // namespace eventstore::cli
