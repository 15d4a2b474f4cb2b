#include <eventstore/history/state_at.hpp>

#include <fmt/format.h>

namespace eventstore::inline v1 {
namespace {

tl::unexpected<Error> not_found(const StreamId& stream, std::string detail) {
  return failure(Errc::not_found, "load state", stream.text(), std::move(detail));
}

// The last version before the first event that was created after `time`.
Result<Version> version_at(const EventLog& log, const StreamId& stream, Timestamp time) {
  Version last{};
  bool more = true;
  while (more) {
    auto page = log.read_stream(stream, {last.next()});
    if (!page) return failure_of(page);
    for (const auto& event : page->events) {
      if (event.created_at > time) return last;
      last = event.version;
    }
    more = !page->at_end;
  }
  return last;
}

}  // namespace

Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, Version version) {
  auto state = type.new_state();
  EVENTSTORE_TRY(replay(log, schemas, stream, *state, version));
  if (state->version == Version{0}) return not_found(stream, "no such stream");
  if (state->version != version)
    return not_found(stream, fmt::format("the stream ends at version {}", state->version.value));
  return state;
}

Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, Timestamp time) {
  EVENTSTORE_TRY_ASSIGN(const Version version, version_at(log, stream, time));
  if (version == Version{0}) return not_found(stream, fmt::format("nothing was there at {}", time.to_string()));
  return state_at(log, schemas, type, stream, version);
}

Result<std::unique_ptr<AnyState>> state_now(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                            const StreamId& stream) {
  auto state = type.new_state();
  EVENTSTORE_TRY(replay(log, schemas, stream, *state));
  if (state->version == Version{0}) return not_found(stream, "no such stream");
  return state;
}

}  // namespace eventstore::inline v1
