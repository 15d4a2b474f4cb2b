#pragma once
// Private to projection: whom the work of a reaction is about, and the encrypted form in which its stream keeps what
// tells about them. The stream is about nobody itself, so nothing of it is encrypted as an event of a person would be.
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/projection/outgoing.hpp>
#include <eventstore/projection/reaction_timer.hpp>
#include <set>

namespace eventstore {
inline namespace v1 {

using Persons = std::set<std::string>;

/// Threads: one at a time.
class ReactionPersons {
 public:
  /// All outlive this but `notes`, the stream of the reaction.
  ReactionPersons(const EventLog& log, const AggregateTypes& aggregates, const SchemaReader& schemas, StreamId notes)
      : log_{log}, aggregates_{aggregates}, schemas_{schemas}, notes_{std::move(notes)} {}

  /// Whom a sentence about `cause` and `action`, null where none is meant, may quote. Errors: those of the log.
  Result<Persons> of(const ReactionCause& cause, const OutgoingAction* action) const;

  /// The JSON of the action's command or argument as a timer keeps it; absent where a person of it was erased. Errors:
  /// as kept_json, and those of the log.
  Result<std::optional<std::string>> kept_data(const OutgoingAction& action, const ReactionCause& cause) const;
  /// The JSON in clear of what a timer keeps; absent where a person of it was erased. Errors: as opened_json.
  Result<std::optional<std::string>> clear_data(const ReactionTimer& timer) const;
  /// Whether a personal value of the command is about a person who was erased. Errors: as KeyStore::find.
  Result<bool> is_of_erased(const OutgoingAction& command, const ReactionCause& cause) const;

  /// The sentence as a note keeps it. Errors: as kept_sentence.
  Result<std::string> kept_sentence(const ReactionCause& cause, const Persons& persons, std::string sentence) const;

 private:
  Result<std::string> of_stream(const AggregateType& type, const StreamId& stream) const;
  Result<std::string> of_cause_stream(const ReactionCause& cause) const;
  Result<std::string> named_by_nobody(const OutgoingAction& action, const ReactionCause& cause) const;
  Result<void> add_event(const ReactionCause& cause, Persons& persons) const;
  Result<void> add_action(const OutgoingAction& action, const ReactionCause& cause, Persons& persons) const;

  const EventLog& log_;
  const AggregateTypes& aggregates_;
  const SchemaReader& schemas_;
  const StreamId notes_;
};

/// The place of the sentences about an event in the reaction's stream.
TextPlace place_of_sentence(const StreamId& notes, const ReactionCause& cause);

/// The state with the reasons of its letters in clear, as far as their persons were not erased.
void open_reasons(const EventLog& log, const StreamId& notes, ReactionState& state);

}  // namespace v1
}  // namespace eventstore
