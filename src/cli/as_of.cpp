#include <eventstore/app/as_of.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_as_of(Call& call, const app::AsOf& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto print = [&](const app::CollectionMade& each) { return call.print(each); };
  return app::make_as_of(*store, parameters, print, call.bar("as-of", "events"), stop);
}

}  // namespace

void add_as_of(CommandGroup& commands) {
  commands.add("as-of", "Make the collections as they stood at a position or a time, in a SQLite file of their own",
               run_as_of, {.options = {"out"}});
}

}  // namespace eventstore::cli
