#include <eventstore/aggregate/detail/stream_of.hpp>
#include <eventstore/app/execute.hpp>
#include <eventstore/schema/json_codec.hpp>

namespace eventstore::app {

Result<void> check(const Model& model, const Execute& parameters) {
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::parse(parameters.stream));
  EVENTSTORE_TRY_ASSIGN(const auto* const type, find_aggregate(model, stream.category()));
  EVENTSTORE_TRY_ASSIGN(const auto* const command, find_command(*type, parameters.command));
  EVENTSTORE_TRY(json_to_bytes(command->schema->type, parameters.json));
  return {};
}

Result<void> execute(Store& store, const Execute& parameters, OnEvent on_event) {
  CommandOptions options{parameters.caller.metadata()};
  options.command_id = parameters.command_id.value_or(Uuid{});
  EVENTSTORE_TRY_ASSIGN(const Executed executed,
                        store.execute(parameters.stream, parameters.command, parameters.json, options));
  if (executed.events.empty()) return {};
  EVENTSTORE_TRY_ASSIGN(const StreamId asked, StreamId::parse(parameters.stream));
  EVENTSTORE_TRY_ASSIGN(const auto* const type, find_aggregate(store.model(), asked.category()));
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, stream_of(store.log(), *type, asked.key()));
  for (const auto& event : executed.events) {
    EVENTSTORE_TRY_ASSIGN(const Page page, store.log().find(stream, event.id));
    EVENTSTORE_TRY(on_event(page.events.front()));
  }
  return {};
}

}  // namespace eventstore::app
