// The commands of `project`.
#include <eventstore/app/projections.hpp>

#include <fmt/format.h>

#include <optional>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> print_at_once(Call& call, const app::ProjectionRun& run) {
  EVENTSTORE_TRY(call.print(run));
  return call.flush();
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
  std::optional<std::uint64_t> stopped_at;
  const auto on_run = [&](const app::ProjectionRun& done) {
    if (done.stopped) stopped_at = done.position;
    return print_at_once(call, done);
  };
  EVENTSTORE_TRY(app::run_projections(*store, parameters, on_run, tell_left, call.bar("project", "events"), stop));
  if (!stopped_at) return {};
  return failure(
      Errc::stopped, "project", "",
      fmt::format("the collections are at position {}; run the same command again to continue", *stopped_at));
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
  EVENTSTORE_TRY(print_at_once(call, done));
  if (!done.stopped) return {};
  return failure(Errc::stopped, "rebuild", parameters.name,
                 "the live collection was not changed; run the same command again to continue");
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
