#pragma once
// Private to projection: does what a reaction wants done, one action at a time.
#include <eventstore/projection/reaction_worker.hpp>
#include <set>

#include "reaction_notes.hpp"
#include "reaction_persons.hpp"

namespace eventstore {
inline namespace v1 {

/// What became of an action that the worker could try.
struct Performed {
  bool refused = false;
  std::optional<Error> failed{};
  bool may_pass = false;  ///< whether a failure may pass by itself
};

/// What is done when a timer fires, without its data.
[[nodiscard]] OutgoingAction action_of(const ReactionTimer& timer);

/// The facts that the events of `cause`'s commands carry.
[[nodiscard]] ReactionCause cause_of(const RecordedEvent& event, const Metadata& metadata);

/// Threads: one at a time.
class ReactionActions {
 public:
  /// All outlive this.
  ReactionActions(ReactionHost& host, ReactionNotes& notes)
      : host_{host}, notes_{notes}, schemas_{host.log}, persons_{host.log, host.aggregates, schemas_, notes.stream()} {
    for (const auto& aggregate : host.aggregates) schemas_.know(aggregate.events);
  }

  /// Does `action`, unless it was done or refused before, and notes a refusal. Errors, which are not the action's: the
  /// program lacks what the action names; the log takes no appends; a note could not be written.
  Result<Performed> perform(const OutgoingAction& action, const ReactionCause& cause);
  /// Does what a timer says. Where a person was erased whom its data is about, nothing is done, and that is noted as a
  /// refusal. Errors: as above.
  Result<Performed> perform(const ReactionTimer& timer);

  [[nodiscard]] const SchemaReader& schemas() const { return schemas_; }
  [[nodiscard]] const ReactionPersons& persons() const { return persons_; }
  /// Checks once that the events of `type` can be read. Errors: as check_readable.
  Result<void> check_readable_once(const AggregateType& type);
  /// Errors: invalid_argument, where the program has no such aggregate.
  Result<const AggregateType*> find_aggregate(std::string_view category) const;

 private:
  Result<Performed> execute(const OutgoingAction& action, const ReactionCause& cause);
  Result<Performed> call(const OutgoingAction& action, std::string_view json, const ReactionCause& cause);
  [[nodiscard]] Result<bool> was_refused(const OutgoingAction& action, const ReactionCause& cause) const;
  Result<Performed> set_timer(const OutgoingAction& action, const ReactionCause& cause);
  Result<Performed> cancel_timer(const OutgoingAction& action, const ReactionCause& cause);
  Result<Performed> refused(const OutgoingAction& action, const ReactionCause& cause, const Error& error);
  Result<const CommandType*> find_command(const AggregateType& type, const std::string& name) const;
  Result<const OutsideFunction*> find_function(const std::string& name) const;

  ReactionHost& host_;
  ReactionNotes& notes_;
  SchemaReader schemas_;
  ReactionPersons persons_;
  std::set<std::string> readable_;  // categories
};

}  // namespace v1
}  // namespace eventstore
