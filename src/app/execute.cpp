#include <eventstore/app/execute.hpp>
#include <eventstore/schema/event_line.hpp>
#include <eventstore/schema/json_codec.hpp>

namespace eventstore::app {
namespace {

// From what was decided, without a look at the log.
Result<std::string> line_of(const ExecutedEvent& event, const Metadata& metadata) {
  Bytes tagged;
  encode_tagged(metadata, tagged);
  RecordedEvent recorded{};
  recorded.stream = event.stream;
  recorded.version = event.placed.version;
  recorded.position = event.placed.position;
  recorded.id = event.id;
  recorded.type = event.schema->name;
  recorded.organization = metadata.organization;
  recorded.created_at = event.created_at;
  recorded.metadata = tagged;
  std::string data;
  EVENTSTORE_TRY(bytes_to_json(event.schema->type, event.data, data));
  std::string line;
  EVENTSTORE_TRY(append_event_line(recorded, data, line));
  return line;
}

Result<std::string> line_in_log(const Store& store, const ExecutedEvent& event) {
  EVENTSTORE_TRY_ASSIGN(const Page page, store.log().find(StreamId::trusted(event.stream), event.id));
  std::string line;
  EVENTSTORE_TRY(append_event_line(page.events.front(), store.schemas(), line));
  return line;
}

}  // namespace

Result<void> check(const Model& model, const Execute& parameters) {
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, parse_stream(model, parameters.stream));
  EVENTSTORE_TRY_ASSIGN(const auto* const type, find_aggregate(model, stream.category()));
  EVENTSTORE_TRY_ASSIGN(const auto* const command, find_command(*type, parameters.command));
  EVENTSTORE_TRY(json_to_bytes(command->schema->type, parameters.json));
  return {};
}

Result<ExecutedLines> execute(Store& store, const Execute& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto metadata, parameters.caller.metadata());
  CommandOptions options{std::move(metadata)};
  options.command_id = parameters.command_id.value_or(Uuid{});
  EVENTSTORE_TRY_ASSIGN(const Executed executed,
                        store.execute(parameters.stream, parameters.command, parameters.json, options));
  std::vector<std::string> lines;
  for (const auto& event : executed.events) {
    EVENTSTORE_TRY_ASSIGN(auto line,
                          event.schema == nullptr ? line_in_log(store, event) : line_of(event, options.metadata));
    lines.push_back(std::move(line));
  }
  return ExecutedLines{std::move(lines), executed.projected};
}

}  // namespace eventstore::app
