#pragma once
// States that tests keep: the names of all events of a stream so far, from the state before and the events since.
#include <map>

#include "retention_case.hpp"

namespace eventstore::laws {

inline StateOrigin counted_origin(std::string_view category, std::string code = "1") {
  return {std::string{category}, SchemaId{Uuid::v5(Uuid{}, "counted")}, "the descriptor", std::move(code)};
}

/// A digest over the ids of the stream's events up to `last`, as the log has it: what an aggregate would fold.
inline Result<Uuid> counted(const EventLog& log, const StreamId& stream, Version last) {
  Uuid sum{};
  Version from{1};
  EVENTSTORE_TRY_ASSIGN(const auto kept, log.kept_state(stream));
  if (kept && kept->version > last) return failure(Errc::expired, "count", stream.text());
  if (kept) {
    EVENTSTORE_TRY_ASSIGN(sum, Uuid::parse(as_text(kept->state).substr(0, 36)));
    from = kept->version.next();
  }
  if (from > last) return sum;
  EVENTSTORE_TRY_ASSIGN(const auto page, log.read_stream(stream, {.from = from, .limit = last.value - from.value + 1}));
  if (page.events.size() != last.value - from.value + 1) return failure(Errc::not_found, "count", stream.text());
  for (const auto& event : page.events) sum = Uuid::v5(sum, event.id.to_string());
  return sum;
}

/// What `log` is asked to keep of each stream of its drops.
inline StateSource counted_states(const EventLog& log, std::string code = "1") {
  return [&log, code](const StreamToDrop& at) -> Result<std::optional<StateToKeep>> {
    EVENTSTORE_TRY_ASSIGN(const auto sum, counted(log, at.stream, at.last));
    StateToKeep state;
    state.origin = std::make_shared<const StateOrigin>(counted_origin(at.stream.category(), code));
    state.created_at = noon;
    state.updated_at = noon.plus_seconds(static_cast<std::int64_t>(at.position.value));
    const auto text = sum.to_string() + std::string(at.last.value % 7 * 300, 's');
    const auto bytes = as_bytes(text);
    state.state.assign(bytes.begin(), bytes.end());
    return std::optional{std::move(state)};
  };
}

/// Every stream that had events up to the last dropped position has the state of what was dropped.
inline void check_kept(const FileLog& log, const std::map<std::string, Uuid>& sums_of_whole) {
  const auto expired = value_of(log.expired());
  for (const auto& info : value_of(log.streams({}, {}, 100'000))) {
    CAPTURE(info.stream, expired);
    const auto kept = value_of(log.kept_state(StreamId::trusted(info.stream)));
    REQUIRE(kept.has_value() == (info.first <= expired));
    if (kept) CHECK(kept->position <= expired);
    if (kept) CHECK(kept->organization == info.organization);
    CHECK(value_of(counted(log, StreamId::trusted(info.stream), info.version)) == sums_of_whole.at(info.stream));
  }
}

/// The same sums of a log of which nothing was dropped.
inline std::map<std::string, Uuid> sums_of(const EventLog& log) {
  std::map<std::string, Uuid> sums;
  for (const auto& info : value_of(log.streams({}, {}, 100'000)))
    sums[info.stream] = value_of(counted(log, StreamId::trusted(info.stream), info.version));
  return sums;
}

}  // namespace eventstore::laws
