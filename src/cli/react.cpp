// The commands of `react`.
#include <eventstore/app/reactions.hpp>
#include <eventstore/app/worker_settings.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<std::unique_ptr<Store>> open_to_write(Call& call) {
  auto store = call.open(Access::write_existing);
  if (!store && store.error().code == Errc::locked)
    store.error().detail += "; reactions append, so they run in the process that writes the log";
  return store;
}

Result<void> run_reactions(Call& call, const app::RunReactions& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY(find_reactions(call.model(), parameters.names));
  EVENTSTORE_TRY_ASSIGN(const auto settings, app::worker_settings(call.settings()));
  EVENTSTORE_TRY_ASSIGN(const auto store, open_to_write(call));
  const auto print = [&](const app::ReactionRun& row) -> Result<void> {
    if (row.set_aside != 0) call.fail();
    EVENTSTORE_TRY(call.print(row));
    return call.flush();
  };
  EVENTSTORE_TRY(app::run_reactions(*store, parameters, print, settings.retry, stop));
  return store->close();
}

Result<void> reaction_status(Call& call) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  return app::list_reactions(*store, [&](const app::ReactionStanding& each) { return call.print(each); });
}

Result<void> dead_letters(Call& call, const app::ListReactionLetters& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  return app::list_reaction_letters(*store, parameters,
                                    [&](const app::DeadLetterRow& each) { return call.print(each); });
}

template <class Parameters, Result<app::DeadLettersDone> (*deal)(Store&, const Parameters&)>
Result<void> deal_with(Call& call, const Parameters& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, open_to_write(call));
  EVENTSTORE_TRY_ASSIGN(const auto done, deal(*store, parameters));
  EVENTSTORE_TRY(store->close());
  return call.print(done);
}

}  // namespace

void add_react(CommandGroup& commands) {
  auto react = commands.group("react", "Run reactions, and inspect what they have set aside");
  react.add("run", "Handle new events, in this process, which writes the log", run_reactions, {.arguments = {"names"}});
  react.add("status", "Show how far each reaction is", reaction_status);
  react.add("dead-letters", "List the events and timers that reactions have set aside", dead_letters,
            {.arguments = {"names"}});
  react.add("retry", "Try dead letters of a reaction again",
            deal_with<app::RetryReactionLetters, app::retry_reaction_letters>, {.arguments = {"letters"}});
  react.add("drop", "Give dead letters of a reaction up",
            deal_with<app::DropReactionLetters, app::drop_reaction_letters>);
}

}  // namespace eventstore::cli
