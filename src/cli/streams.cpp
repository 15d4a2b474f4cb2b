#include <eventstore/app/streams.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_streams(Call& call, const app::ListStreams& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  return app::list_streams(store->log(), parameters, [&](const app::StreamSummary& each) { return call.print(each); });
}

}  // namespace

void add_streams(CommandGroup& commands) {
  commands.add("streams", "List the streams in the order of their names", run_streams);
}

}  // namespace eventstore::cli
