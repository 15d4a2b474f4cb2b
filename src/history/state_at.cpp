#include <eventstore/history/state_at.hpp>

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> not_found(const StreamId& stream, std::string detail) {
  return failure(Errc::not_found, "load state", stream.text(), std::move(detail));
}

// The last version before the first event that was created after `time`.
Result<Version> version_at(const EventLog& log, const StreamId& stream, Timestamp time) {
  Version last{};
  bool more = true;
  while (more) {
    EVENTSTORE_TRY_ASSIGN(const Visited visited, log.visit_stream(stream, {last.next(), Direction::forward, no_limit},
                                                                  [&](const RecordedEvent& event) {
                                                                    more = event.created_at <= time;
                                                                    if (more) last = event.version;
                                                                    return more;
                                                                  }));
    more = more && !visited.at_end;
  }
  return last;
}

}  // namespace

Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, Version version, Snapshots* snapshots) {
  EVENTSTORE_TRY_ASSIGN(auto state, load_state(log, schemas, type, stream, version, snapshots));
  if (state->version == Version{0}) return not_found(stream, "no such stream");
  if (state->version != version)
    return not_found(stream, fmt::format("the stream ends at version {}", state->version.value));
  return state;
}

Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, Timestamp time, Snapshots* snapshots) {
  EVENTSTORE_TRY_ASSIGN(const Version version, version_at(log, stream, time));
  if (version == Version{0})
    return not_found(stream, fmt::format("the stream has no event up to {}", time.to_string()));
  return state_at(log, schemas, type, stream, version, snapshots);
}

Result<std::unique_ptr<AnyState>> state_now(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                            const StreamId& stream, Snapshots* snapshots) {
  EVENTSTORE_TRY_ASSIGN(auto state, load_state(log, schemas, type, stream, no_version_limit, snapshots));
  if (state->version == Version{0}) return not_found(stream, "no such stream");
  return state;
}

}  // namespace v1
}  // namespace eventstore
