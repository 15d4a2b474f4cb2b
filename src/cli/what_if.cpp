#include <eventstore/app/what_if.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run(Call& call, const app::AskWhatIf& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  // Each kind of rows is a table of its own.
  const auto print = [&](const auto& row) -> Result<void> {
    EVENTSTORE_TRY(call.print(row));
    return call.flush();
  };
  const auto print_document = [&](const app::DocumentIf& each) { return call.print(each); };
  const auto print_projection = [&](const app::ProjectionIf& each) -> Result<void> {
    EVENTSTORE_TRY(call.flush());
    return print(each);
  };
  return app::ask_what_if(*store, parameters, {print, print_document, print_projection}, stop);
}

}  // namespace

void add_what_if(CommandGroup& commands) {
  commands.add("what-if", "Replay a stream without an event, with another one in its place, or with one between", run);
}

}  // namespace eventstore::cli
