#include "states_check.hpp"

#include "../evidence/expired_seals.hpp"
#include "../retention/kept_states_writer.hpp"
#include "advice.hpp"

namespace eventstore::engine {
namespace {

Result<void> check_state(const Expired& expired, std::uint64_t place, std::uint64_t rank, bool has_streams) {
  EVENTSTORE_TRY_ASSIGN(const auto stored, expired.kept->at(place));
  if (!has_streams) return {};
  EVENTSTORE_TRY_ASSIGN(const auto entry, expired.streams->entry_by_rank(rank));
  if (stored.stream() == entry.name && stored.header.version == entry.last.value &&
      stored.header.position == entry.last_position.value)
    return {};
  return expired.kept->damaged("a state contradicts the table of streams");
}

// The number of the states.
Result<std::uint64_t> check_states(const Expired& expired, bool has_streams) {
  const auto& kept = *expired.kept;
  std::uint64_t states = 0;
  std::uint64_t unkept = 0;
  for (std::uint64_t rank = 0; rank < kept.header().stream_count; ++rank) {
    EVENTSTORE_TRY_ASSIGN(const auto place, kept.place(rank));
    if (place == format::state_unkept) ++unkept;
    if (place == format::state_unkept || place == format::state_not_needed) continue;
    EVENTSTORE_TRY(check_state(expired, place, rank, has_streams));
    ++states;
  }
  if (unkept != kept.header().unkept_count) return kept.damaged("it counts its streams wrongly");
  return states;
}

}  // namespace

Result<void> check_kept_states(const StoreFiles& store, const Expired& statement, bool has_streams,
                               VerifyReport& report) {
  if (!statement.states) return {};
  const auto path = store.path(kept_states_name(statement.last_segment()));
  const auto find = [&](FindingKind kind, std::string_view what, std::string_view advice) {
    report.findings.push_back({kind, path, 0, Position{0}, Position{0}, std::string{what}, std::string{advice}});
  };
  auto expired = statement;
  auto kept = open_kept_states(store, expired);
  if (kept) {
    expired.kept = std::move(*kept);
    const auto states = check_states(expired, has_streams);
    if (states) report.kept_states = *states;
    if (!states) kept = failure(states.error());
  }
  if (!kept && kept.error().code != Errc::corrupt_record && kept.error().code != Errc::not_found)
    return failure_of(kept);
  if (!kept) {
    const bool is_missing = kept.error().code == Errc::not_found;
    find(FindingKind::damage, is_missing ? "the file is missing" : kept.error().detail, advice::damaged_states);
    return {};
  }
  if (states_digest(expired.kept->bytes()) != statement.states->content)
    find(FindingKind::altered, "the kept states are not those whose digest `expired` has", advice::altered);
  if (chained_states(statement) != statement.states->chained)
    find(FindingKind::altered, "the digest of the kept states does not continue the chain of `expired`",
         advice::altered);
  report.kept_states_digest = statement.states->chained;
  return {};
}

}  // namespace eventstore::engine
