#include <eventstore/app/list_indexes.hpp>
#include <eventstore/app/statistics.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

struct StatsOptions {
  EVENTSTORE_FIELDS(StatsOptions, (bool, indexes, false,
                                   help("List the indexes of all collections instead, with the bytes that they take")));
};

Result<void> run_indexes(Call& call) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY(app::list_indexes(*store, [&](const app::IndexRow& row) { return call.print(row); }));
  if (call.is_for_people())
    call.note(
        "SQLite does not count how often an index is used, so this list cannot say which ones are not; the plan of a "
        "question names those that it uses");
  return {};
}

Result<void> run_stats(Call& call, const StatsOptions& options) {
  if (options.indexes) return run_indexes(call);
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
