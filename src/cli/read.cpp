#include "read.hpp"

#include <eventstore/schema/event_line.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_one(Call& call, const app::ReadOneStream& parameters) {
  EVENTSTORE_TRY(parse_stream(call.model(), parameters.stream));
  EVENTSTORE_TRY(app::limit_of(parameters.limit));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  return app::read(store->log(), parameters,
                   [&](const RecordedEvent& event) { return call.print_event(event, store->schemas()); });
}

Result<void> run_all(Call& call, const app::ReadWholeLog& parameters) {
  EVENTSTORE_TRY(app::limit_of(parameters.limit));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  return app::read(
      store->log(), parameters, [&](const RecordedEvent& event) { return call.print_event(event, store->schemas()); },
      following_of(call, parameters));
}

}  // namespace

app::Following following_of(Call& call, const app::ReadWholeLog& parameters) {
  app::Following following{{}, [&call] { return call.flush(); }};
  if (parameters.follow) following.stop = Call::interruption();
  return following;
}

void add_read(CommandGroup& commands) {
  commands.add("read", "Print the events of one stream", run_one);
  commands.add("all", "Print the events of all streams, in the order of their positions", run_all);
}

}  // namespace eventstore::cli
