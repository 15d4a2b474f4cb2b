// What reactions have set aside.
#include <eventstore/app/reactions.hpp>

#include <eventstore/projection/reaction_status.hpp>

namespace eventstore::app {
namespace {

// A worker for a reaction that has begun: a look at its letters begins none.
Result<ReactionWorker> worker_of(Store& store, const std::string& name) {
  EVENTSTORE_TRY_ASSIGN(const auto found, find_reactions(store.model(), {&name, 1}));
  EVENTSTORE_TRY_ASSIGN(const StreamId stream, StreamId::of(reaction_category, found.front()->name));
  EVENTSTORE_TRY_ASSIGN(const Version version, store.log().head(stream));
  if (version == Version{0})
    return failure(Errc::not_found, "react", name, "it has never run, so nothing of it is set aside");
  return store.react(name, {.from = From::now()});
}

Result<DeadLettersDone> counted(ReactionWorker& worker, const std::string& name, std::uint64_t done) {
  EVENTSTORE_TRY_ASSIGN(const auto left, worker.dead_letters());
  return DeadLettersDone{name, done, left.size()};
}

}  // namespace

Result<void> list_reaction_letters(Store& store, const ListReactionLetters& parameters,
                                   FunctionRef<Result<void>(const DeadLetterRow&)> on_letter) {
  EVENTSTORE_TRY_ASSIGN(const auto reactions, find_reactions(store.model(), parameters.names));
  for (const auto* const reaction : reactions) {
    EVENTSTORE_TRY_ASSIGN(const auto status, look_at(store.reaction_host(), *reaction));
    for (const auto& [id, letter] : status.noted.letters)
      EVENTSTORE_TRY(on_letter({reaction->name, id, letter.cause.position, letter.cause.stream, letter.code,
                                letter.reason, letter.attempts, letter.set_aside_at}));
  }
  return {};
}

Result<DeadLettersDone> retry_reaction_letters(Store& store, const RetryReactionLetters& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto worker, worker_of(store, parameters.name));
  if (parameters.letters.empty()) {
    EVENTSTORE_TRY_ASSIGN(const auto done, worker.retry_all());
    return counted(worker, parameters.name, done);
  }
  for (const auto& letter : parameters.letters) EVENTSTORE_TRY(worker.retry(letter));
  return counted(worker, parameters.name, parameters.letters.size());
}

Result<DeadLettersDone> drop_reaction_letters(Store& store, const DropReactionLetters& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto worker, worker_of(store, parameters.name));
  for (const auto& letter : parameters.letters) EVENTSTORE_TRY(worker.drop(letter));
  return counted(worker, parameters.name, parameters.letters.size());
}

}  // namespace eventstore::app
