#include <eventstore/history/state_at.hpp>

#include <fmt/format.h>

#include <limits>

namespace eventstore {
inline namespace v1 {
namespace {

tl::unexpected<Error> not_found(const StreamId& stream, std::string detail) {
  return failure(Errc::not_found, "load state", stream.text(), std::move(detail));
}

// Whether all dropped events of the stream were created up to `time`, so that the state after them is not too late.
Result<void> check_dropped(const KeptState& kept, const StreamId& stream, Timestamp time) {
  if (kept.latest_created_at <= time) return {};
  constexpr Timestamp not_known{std::numeric_limits<std::int64_t>::max()};
  return failure(
      Errc::expired, "load state", stream.text(),
      kept.latest_created_at == not_known
          ? fmt::format("retention dropped the versions up to {}, and it is not known when they were created: "
                        "ask for a version",
                        kept.version.value)
          : fmt::format("retention dropped the versions up to {}, the last of which was created at {}: ask for "
                        "that time or a later one",
                        kept.version.value, kept.latest_created_at.to_string()));
}

// The last version before the first event that was created after `time`.
Result<Version> version_at(const EventLog& log, const StreamId& stream, Timestamp time) {
  EVENTSTORE_TRY_ASSIGN(const auto kept, log.kept_state(stream));
  if (kept) EVENTSTORE_TRY(check_dropped(*kept, stream, time));
  auto last = kept ? kept->version : Version{};
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
