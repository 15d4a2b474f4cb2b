#pragma once
// Private to projection: one event of a reaction, from its handler to its last action.
#include <eventstore/projection/detail/state_cache.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reaction_actions.hpp"

namespace eventstore {
inline namespace v1 {

/// An event that is being handled, and how far it is.
struct HandledEvent {
  ReactionCause cause{};
  std::vector<OutgoingAction> actions{};
  std::size_t next = 0;   // of the actions
  unsigned attempts = 0;  // of that action, so far
  std::optional<Timestamp> not_before{};
};

/// The key of the letter of an event, in the order of positions.
[[nodiscard]] std::string letter_of(const ReactionCause& cause);

/// Threads: one at a time.
class ReactionHandling {
 public:
  /// All outlive this.
  ReactionHandling(ReactionHost& host, const ReactionType& reaction, const ReactionOptions& options,
                   ReactionNotes& notes, ReactionActions& actions);

  /// What is to be done because of `event`, which is nothing where it is set aside, now or before. Errors: as
  /// ReactionWorker::run.
  Result<HandledEvent> begin(const RecordedEvent& event, ReactionReport& report);
  /// Does what is left of `handled`; false: a failure may pass, and `not_before` says when to go on. An event that
  /// fails for good, or too often, is set aside. Errors: as ReactionWorker::run.
  Result<bool> go_on(HandledEvent& handled, ReactionReport& report);
  /// Fires the timers that are due. Report::next gets the time of the next one. Errors: as ReactionWorker::run.
  Result<void> fire(ReactionReport& report);
  /// As ReactionWorker::retry.
  Result<void> retry(const std::string& id);
  /// As ReactionWorker::drop.
  Result<void> drop(const std::string& id);

 private:
  struct Waiting {
    Uuid action_id{};
    unsigned attempts = 0;
    Timestamp not_before{};
  };
  Result<std::vector<OutgoingAction>> react(const RecordedEvent& event, const Metadata& metadata);
  // `persons` may be quoted by the error.
  Result<void> set_aside(const ReactionCause& cause, unsigned attempts, const Error& error, const Persons& persons,
                         ReactionReport& report);
  Result<void> fire(const std::string& name, const ReactionTimer& timer, ReactionReport& report);
  Result<void> retry_event(const ReactionCause& cause);
  [[nodiscard]] Result<ReactionLetter> find_letter(const std::string& id) const;
  [[nodiscard]] Uuid note_of(const ReactionLetter& letter) const;
  [[nodiscard]] std::string letter_before(const std::string& stream, const std::string& letter) const;
  [[nodiscard]] Timestamp after_failure(unsigned attempts);

  ReactionHost& host_;
  const ReactionType& reaction_;
  const ReactionOptions& options_;
  ReactionNotes& notes_;
  ReactionActions& actions_;
  StateCache states_;
  std::uint64_t generation_ = 0;  // of the keys, when states_ was filled
  Random random_;
  std::map<std::string, Waiting> waiting_;  // timers that have failed
};

}  // namespace v1
}  // namespace eventstore
