#include "old_commands.hpp"
#include "output.hpp"

#include <eventstore/aggregate/bind.hpp>
#include <eventstore/aggregate/stream_of.hpp>
#include <eventstore/history/state_at.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/json_text.hpp>

#include <fmt/format.h>

namespace eventstore::cli {
namespace {

Result<std::unique_ptr<AnyState>> load(const Store& store, FileLog& log, const AggregateType& type,
                                       const StreamId& stream, const StateOptions& options) {
  if (options.at_version)
    return state_at(log, store.schemas(), type, stream, Version{*options.at_version}, store.snapshots());
  if (options.at_time.empty()) return state_now(log, store.schemas(), type, stream, store.snapshots());
  EVENTSTORE_TRY_ASSIGN(const Timestamp time, Timestamp::parse(options.at_time));
  return state_at(log, store.schemas(), type, stream, time, store.snapshots());
}

Result<std::string> describe_state(const Setup& setup, const StateOptions& options) {
  EVENTSTORE_TRY_ASSIGN(const StreamId asked, StreamId::parse(options.stream));
  EVENTSTORE_TRY_ASSIGN(const auto* const type, find_aggregate(setup.program, asked.category()));
  EVENTSTORE_TRY_ASSIGN(const auto store, open_store(setup, Access::read));
  EVENTSTORE_TRY(check_readable(store->log(), store->schemas(), *type, setup.program.aggregates));
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, stream_of(store->log(), *type, asked.key()));
  EVENTSTORE_TRY_ASSIGN(const auto state, load(*store, store->log(), *type, stream, options));
  std::string out{"{\"stream\":"};
  append_json_string(out, stream.text());
  out += ",\"organization_id\":";
  append_json_string(out, state->tenant);
  out += fmt::format(R"(,"version":{},"created_at":"{}","updated_at":"{}")", state->version.value,
                     state->created_at.to_string(), state->updated_at.to_string());
  if (type->state_schema != nullptr) {
    Bytes bytes;
    state->encode_to(bytes);
    out += ",\"state\":";
    EVENTSTORE_TRY(bytes_to_json(type->state_schema->type, bytes, out));
  }
  return out + "}";
}

}  // namespace

ExitCode state(const Setup& setup, const StateOptions& options) {
  auto described = describe_state(setup, options);
  if (!described) return report(described.error());
  Output output{setup.form};
  return output.finish(output.write(std::move(*described)));
}

}  // namespace eventstore::cli
