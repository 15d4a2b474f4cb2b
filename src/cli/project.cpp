// The commands of `project`.
#include <eventstore/app/projections.hpp>

#include <fmt/format.h>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

// A run that was stopped is an error, which says what it has `left`.
Result<void> tell(Call& call, const app::ProjectionRun& run, const std::string& during, const std::string& left) {
  EVENTSTORE_TRY(call.print(run));
  EVENTSTORE_TRY(call.flush());
  if (!run.stopped) return {};
  return failure(Errc::stopped, during, "", left + "; run the same command again to continue");
}

Result<void> run(Call& call, const app::RunProjections& parameters) {
  const auto stop = Call::interruption();
  // Before the store is opened, which may take a while: a name that is wrong is told first.
  EVENTSTORE_TRY(find_projections(call.model(), parameters.names));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto tell_left = [&](const app::ProjectionLeft& left) {
    call.fail();
    const bool is_held = left.health == to_string(ProjectionStatus::Health::held);
    const auto what_to_do =
        is_held ? "" : fmt::format("; its collection was not changed: run `project rebuild {}`", left.projection);
    call.note(fmt::format("{} is {}: {}{}", left.projection, left.health, left.reason, what_to_do));
  };
  const auto on_run = [&](const app::ProjectionRun& done) {
    return tell(call, done, "project", fmt::format("the collections are at position {}", done.position));
  };
  return app::run_projections(*store, parameters, on_run, tell_left, call.bar("project", "events"), stop);
}

Result<void> status(Call& call) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  return app::list_projections(*store, [&](const app::ProjectionState& each) { return call.print(each); });
}

Result<void> rebuild(Call& call, const app::RebuildProjection& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY(find_projections(call.model(), std::vector{parameters.name}));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(
      const auto done,
      app::rebuild_projection(*store, parameters, call.bar("rebuild " + parameters.name, "events"), stop));
  return tell(call, done, "rebuild " + parameters.name, "the live collection was not changed");
}

}  // namespace

void add_project(CommandGroup& commands) {
  auto project = commands.group("project", "Run, inspect and rebuild projections");
  project.add("run", "Bring collections up to date", run, {.arguments = {"names"}});
  project.add("status", "Show the position and the health of each collection", status);
  project.add("rebuild", "Build a collection again while the live one stays in use, then replace the live one",
              rebuild);
}

}  // namespace eventstore::cli
