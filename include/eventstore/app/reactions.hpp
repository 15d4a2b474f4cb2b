#pragma once
// Reactions of a store's model: runs them in the process that writes, and tells how far each one is.
#include <eventstore/app/store.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/schema/fields.hpp>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace eventstore::app {

struct RunReactions {
  EVENTSTORE_FIELDS(RunReactions,
                    (std::vector<std::string>, names, std::vector<std::string>{},
                     help("Reactions to run; without a name, all of them")),
                    (bool, follow, false, help("Keep running, and handle new events until interrupted")),
                    (std::string, from, "",
                     help("Where a reaction begins that has never run: now, beginning, or the position of an event")));
};

struct ReactionRun {
  EVENTSTORE_FIELDS(ReactionRun, (std::string, reaction), (std::uint64_t, events), (std::uint64_t, done),
                    (std::uint64_t, refused), (std::uint64_t, set_aside), (std::uint64_t, fired),
                    (std::uint64_t, position), (bool, stopped), (std::optional<Timestamp>, next));
};

/// Runs reactions in a store that is open for writing. First each one handles what is there and due, in turn, again as
/// long as one of them has found something or waits for a retry; `on_run` gets the sum for each reaction, and `next`
/// says when a timer is due. `retry` says how often and when what failed is tried again before it is set aside. With
/// `follow`, each reaction goes on in a thread of its own until `stop` is requested, and `on_run`
/// gets each later run in which something was refused or set aside, one call at a time. An error of one reaction ends
/// all.
///
/// Errors: not_found, naming the reactions of the store's model; invalid_argument, where `from` is no place, or is
/// missing for a reaction that has never run: then none is begun; as ReactionWorker::open and ReactionWorker::run;
/// those of `on_run`.
Result<void> run_reactions(Store& store, const RunReactions& parameters,
                           FunctionRef<Result<void>(const ReactionRun&)> on_run, const RetryOptions& retry = {},
                           std::stop_token stop = {});

/// `health` is missing (it has never run), live, or unwell: it has dead letters, or its place cannot be read, as
/// `error` says. `behind` counts the events that it has still to look at.
struct ReactionStanding {
  EVENTSTORE_FIELDS(ReactionStanding, (std::string, reaction), (std::string, health), (std::uint64_t, position),
                    (std::uint64_t, behind), (std::uint64_t, refused), (std::uint64_t, dead_letters),
                    (std::uint64_t, timers), (std::optional<Timestamp>, next_timer),
                    (std::optional<std::string>, error));
};

/// Gives the standing of each reaction of the store's model, in the model's order. The store may be open for reading
/// only, beside the process that runs them. The trouble of one reaction is its standing. Errors: those of
/// `on_reaction`, which end the list. Cost: as look_at.
Result<void> list_reactions(Store& store, FunctionRef<Result<void>(const ReactionStanding&)> on_reaction);

struct ListReactionLetters {
  EVENTSTORE_FIELDS(ListReactionLetters, (std::vector<std::string>, names, std::vector<std::string>{},
                                          help("Reactions whose letters are listed; without a name, all of them")));
};

/// An event or a timer that a reaction has set aside; `letter` names it for a retry.
struct DeadLetterRow {
  EVENTSTORE_FIELDS(DeadLetterRow, (std::string, reaction), (std::string, letter), (std::uint64_t, position),
                    (std::string, stream), (std::string, code), (std::string, reason), (std::uint64_t, attempts),
                    (Timestamp, set_aside_at));
};

/// Gives what the reactions have set aside, in the order of positions for each. The store may be open for reading only.
/// Errors: not_found, naming the reactions of the model; as look_at; those of `on_letter`, which end the list.
Result<void> list_reaction_letters(Store& store, const ListReactionLetters& parameters,
                                   FunctionRef<Result<void>(const DeadLetterRow&)> on_letter);

struct RetryReactionLetters {
  EVENTSTORE_FIELDS(RetryReactionLetters, (std::string, name, , help("Reaction whose letters are tried again")),
                    (std::vector<std::string>, letters, std::vector<std::string>{},
                     help("Letters to try; without one, all of them in their order")));
};
struct DropReactionLetters {
  EVENTSTORE_FIELDS(DropReactionLetters, (std::string, name, , help("Reaction whose letters are given up")),
                    (std::vector<std::string>, letters, , help("Letters to give up, for good")));
};

/// What became of dead letters: `done` were retried or dropped, `left` are there still.
struct DeadLettersDone {
  EVENTSTORE_FIELDS(DeadLettersDone, (std::string, reaction), (std::uint64_t, done), (std::uint64_t, left));
};

/// Tries dead letters again, in a store that is open for writing. Named letters are tried in the order given, up to the
/// first one that fails; of all letters, those behind a failed one of their stream stay. Errors: not_found, where there
/// is no such reaction or letter, or the reaction has never run; as ReactionWorker::retry for named letters.
Result<DeadLettersDone> retry_reaction_letters(Store& store, const RetryReactionLetters& parameters);

/// Gives dead letters up, for good. Errors: not_found, as above; as ReactionWorker::drop.
Result<DeadLettersDone> drop_reaction_letters(Store& store, const DropReactionLetters& parameters);

}  // namespace eventstore::app
