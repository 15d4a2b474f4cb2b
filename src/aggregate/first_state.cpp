#include <eventstore/aggregate/first_state.hpp>
#include <eventstore/aggregate/stored_state.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

Error unreadable(Error error, const StreamId& stream, const KeptState& kept) {
  error.during = "load";
  error.where = stream.text();
  error.at = kept.position;
  error.detail = "retention dropped the versions up to " + std::to_string(kept.version.value) +
                 ", and the state that it kept there cannot be read as the state of this build: " + error.detail +
                 "; use the build that made it, or give the state's new fields defaults";
  return error;
}

}  // namespace

Result<std::unique_ptr<AnyState>> first_state(const EventLog& log, const SchemaReader& schemas,
                                              const AggregateType& type, const StreamId& stream, Version last) {
  auto state = type.new_state();
  EVENTSTORE_TRY_ASSIGN(auto kept, log.kept_state(stream));
  if (!kept) return state;
  if (last < kept->version)
    return failure(Errc::expired, "load", stream.text(),
                   "retention dropped the versions up to " + std::to_string(kept->version.value) +
                       ", and kept the state at the last of them: the earliest state is that of version " +
                       std::to_string(kept->version.value));
  if (type.state_schema != nullptr) {
    const auto& origin = *kept->origin;
    Bytes scratch;
    Bytes memory;
    EVENTSTORE_TRY_ASSIGN(const auto clear, opened_state(log, stream, kept->version, kept->state, memory));
    const auto bytes =
        schemas.stored_as(*type.state_schema, {origin.schema, as_bytes(origin.descriptor)}, clear, scratch);
    if (!bytes) return failure(unreadable(bytes.error(), stream, *kept));
    if (auto decoded = state->decode_from(*bytes); !decoded)
      return failure(unreadable(std::move(decoded.error()), stream, *kept));
  }
  state->version = kept->version;
  state->position = kept->position;
  state->created_at = kept->created_at;
  state->updated_at = kept->updated_at;
  state->organization = std::move(kept->organization);
  return state;
}

Error without_state(Error expired) {
  expired.detail +=
      "; the state there was not kept, because an earlier version of eventstore dropped them, or --without-states was "
      "given: restore a backup that has these events";
  return expired;
}

}  // namespace v1
}  // namespace eventstore
