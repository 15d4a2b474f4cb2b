#include <eventstore/app/append.hpp>

#include "commands.hpp"
#include "duplicates.hpp"
#include "input.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_append(Call& call, const app::Append& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto source, open_input("-"));
  EVENTSTORE_TRY_ASSIGN(auto plan, app::plan_append(call.model(), parameters, source, SystemClock{}.now()));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::write));
  EVENTSTORE_TRY_ASSIGN(const auto appended,
                        app::append(store->event_log(), call.model(), std::move(plan), tell_duplicates(call)));
  EVENTSTORE_TRY(store->close());
  call.changed("the events were appended");
  return call.print(appended);
}

}  // namespace

void add_append(CommandGroup& commands) {
  commands.add("append", "Append the event lines of standard input to a stream, as one commit", run_append);
}

}  // namespace eventstore::cli
