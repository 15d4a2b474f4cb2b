#include <eventstore/app/statistics.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_stats(Call& call) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto expired, store->log().expired());
  EVENTSTORE_TRY_ASSIGN(const auto counted, app::statistics(store->log(), expired));
  return call.print(counted);
}

}  // namespace

void add_stats(CommandGroup& commands) {
  commands.add("stats", "Count the events and streams of the store, by type and by category", run_stats);
}

}  // namespace eventstore::cli
