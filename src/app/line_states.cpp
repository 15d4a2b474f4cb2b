#include "line_states.hpp"

#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/aggregate/subject_of.hpp>

#include <algorithm>

namespace eventstore::app {

const AggregateType* LineStates::type_of(const StreamId& stream) const {
  for (const auto& type : aggregates_)
    if (type.has_category(stream.category())) return &type;
  return nullptr;
}

Result<LineStates::Stream*> LineStates::find(const AggregateType& type, const StreamId& stream) {
  if (const auto found = streams_.find(stream.text()); found != streams_.end()) return &found->second;
  EVENTSTORE_TRY_ASSIGN(auto state, load_state(log_, schemas_, type, stream, no_version_limit, nullptr));
  const auto version = state->version;
  return &streams_.emplace(stream.text(), Stream{&type, std::move(state), version}).first->second;
}

Result<bool> LineStates::is_in_log(const Stream& stream, const EventLine& line) const {
  if (line.version) return *line.version <= stream.read_at;
  auto found = log_.find(line.stream, line.metadata.event_id);
  if (found) return true;
  if (found.error().code == Errc::not_found) return false;
  return failure_of(found);
}

Result<LineStates::Step> LineStates::next(const EventLine& line) {
  Step step;
  const auto* const type = type_of(line.stream);
  const bool is_asked = type != nullptr && (type->subject || !type->unique.empty());
  if (!is_asked || line.schema == nullptr) return step;
  EVENTSTORE_TRY_ASSIGN(Stream* const stream, find(*type, line.stream));
  const bool may_claim = !type->unique.empty() && !stream->is_repeated;
  if (may_claim) {
    EVENTSTORE_TRY_ASSIGN(stream->is_repeated, is_in_log(*stream, line));
  }
  const auto before = may_claim && !stream->is_repeated ? stream->state->clone() : nullptr;
  RecordedEvent event{.stream = line.stream.text(),
                      .version = stream->state->version.next(),
                      .id = line.metadata.event_id,
                      .type = line.type,
                      .organization = line.metadata.organization,
                      .created_at = line.metadata.created_at,
                      .schema = line.schema->id,
                      .metadata = line.tagged,
                      .data = line.data};
  Bytes opened;
  if (line.is_encrypted && log_.opener() != nullptr) {
    event.encryption_key = encrypted_values;
    EVENTSTORE_TRY(log_.opener()->open(event, opened));
  }
  EVENTSTORE_TRY(stream->state->apply(event, line.metadata, schemas_));
  if (type->subject) step.subject = subject_of(*type, *stream->state, line.stream);
  if (before != nullptr) EVENTSTORE_TRY(claim(*stream, line, *before, step));
  return step;
}

Result<void> LineStates::claim(const Stream& stream, const EventLine& line, const AnyState& before, Step& step) {
  const StateChange change{*stream.type, line.stream, line.metadata.organization,
                           before.version == Version{0} ? nullptr : &before, stream.state.get()};
  EVENTSTORE_TRY(claims_.release(change));
  EVENTSTORE_TRY_ASSIGN(step.duplicates, claims_.take(change));
  if (const auto end = claims_.events().size(); end != (causes_.empty() ? 0 : causes_.back().claims_end))
    causes_.push_back({end, &line});
  return {};
}

std::optional<Version> LineStates::read_at(const StreamId& stream) const {
  const auto found = streams_.find(stream.text());
  if (found == streams_.end() || found->second.is_repeated || found->second.type->unique.empty()) return {};
  return found->second.read_at;
}

Result<void> LineStates::add_claims_to(EventWriter& writer) const {
  std::size_t next = 0;
  for (const auto& [end, line] : causes_) {
    const auto metadata = claim_metadata(line->metadata);
    // The lines of two streams may have one id.
    const auto ids = EventIdRule::of_command(Uuid::v5(line->metadata.event_id.uuid, line->stream.text()));
    for (; next < end; ++next) {
      const auto& [stream, event] = claims_.events()[next];
      EVENTSTORE_TRY(writer.add(stream, {&event, 1}, metadata, ids));
    }
  }
  claims_.expect_in(writer);
  return {};
}

bool LineStates::was_overtaken(const Error& error) const {
  return error.code == Errc::wrong_version && std::ranges::any_of(error.conflicts, [&](const Conflict& conflict) {
           const auto stream = StreamId::trusted(conflict.stream);
           const auto read = read_at(stream);
           return is_claim(stream) || (read && *read != conflict.actual);
         });
}

void LineStates::clear() {
  streams_.clear();
  claims_.clear();
  causes_.clear();
}

}  // namespace eventstore::app
