// The commands of `project`.
#include <eventstore/app/dead_letters.hpp>
#include <eventstore/app/diff_projection.hpp>
#include <eventstore/app/projections.hpp>
#include <eventstore/app/rebuild_projections.hpp>
#include <eventstore/app/subject.hpp>
#include <eventstore/app/verify_projections.hpp>
#include <eventstore/app/worker_settings.hpp>

#include "../terminal/past_text.hpp"
#include "../terminal/style.hpp"
#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<app::ProjectionOptions> options_of(Call& call, const std::string& what) {
  app::ProjectionOptions made{.on_progress = call.bar(what, "events")};
  EVENTSTORE_TRY_ASSIGN(made.worker, app::worker_settings(call.settings(), call.model().projections));
  made.on_standby = [&call](const std::string& worker) {
    call.note("process " + worker + " brings the collections up to date; this one stands by and takes over at its end");
  };
  return made;
}

Result<void> run_projections(Call& call, const app::RunProjections& parameters) {
  const auto stop = Call::interruption();
  // Before the store is opened, which may take a while: a name or a setting that is wrong is told first.
  EVENTSTORE_TRY(find_projections(call.model(), parameters.names));
  EVENTSTORE_TRY_ASSIGN(const auto how, options_of(call, "project"));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto tell_left = [&](const app::ProjectionLeft& left) {
    call.fail();
    call.note(app::to_text(left));
  };
  const auto on_run = [&](const app::ProjectionRun& done) -> Result<void> {
    EVENTSTORE_TRY(call.print(done));
    EVENTSTORE_TRY(call.flush());
    if (!done.stopped) return {};
    return failure(Errc::stopped, "project", "",
                   "the collections are at position " + std::to_string(done.position) +
                       "; run the same command again to continue");
  };
  EVENTSTORE_TRY_ASSIGN(const auto erasures_left, app::finish_documents(*store));
  if (!erasures_left.empty()) {
    call.fail();
    call.note(erasures_left);
  }
  return app::run_projections(*store, parameters, on_run, tell_left, how, stop);
}

Result<void> projection_status(Call& call) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  return app::list_projections(*store, [&](const app::ProjectionState& each) { return call.print(each); });
}

Result<void> health(Call& call, const app::ProjectionHealth& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto print = [&](const app::ProjectionState& each) { return call.print(each); };
  EVENTSTORE_TRY_ASSIGN(const bool all_well, app::check_projections_health(*store, parameters, print));
  if (!all_well) call.fail();
  return {};
}

template <auto UseCase, class Parameters> Result<void> letters(Call& call, const Parameters& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  return UseCase(*store, parameters, [&](const app::ProjectionLetter& each) { return call.print(each); });
}

Result<void> verify(Call& call, const app::VerifyProjections& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY(find_projections(call.model(), parameters.names));
  EVENTSTORE_TRY_ASSIGN(const auto how, options_of(call, "verify"));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto print = [&](const app::ProjectionVerified& each) { return call.print(each); };
  EVENTSTORE_TRY_ASSIGN(const bool all_right, app::verify_projections(*store, parameters, print, how, stop));
  if (!all_right) call.fail();
  return {};
}

Result<void> diff(Call& call, const app::DiffProjection& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const bool coloured = terminal::takes_colours();
  const auto print = [&](const app::DocumentDiffered& each) {
    return call.is_for_people() ? call.print_text(terminal::document_text(to_json(each), coloured)) : call.print(each);
  };
  EVENTSTORE_TRY_ASSIGN(const auto all,
                        app::diff_projection(*store, parameters, print, call.bar("diff", "events"), stop));
  return call.is_for_people() ? call.print_text(terminal::counts_text(to_json(all))) : call.print(all);
}

Result<void> rebuild(Call& call, const app::RebuildProjections& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY(find_projections(call.model(), parameters.names));
  EVENTSTORE_TRY_ASSIGN(const auto how, options_of(call, "rebuild"));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto on_rebuild = [&](const app::ProjectionRebuild& done) -> Result<void> {
    EVENTSTORE_TRY(call.print(done));
    return call.flush();
  };
  EVENTSTORE_TRY_ASSIGN(const auto left, app::rebuild_projections(*store, parameters, on_rebuild, how, stop));
  return left.empty() ? Result<void>{} : (call.fail(), call.note(left), Result<void>{});
}

}  // namespace

void add_project(CommandGroup& commands) {
  auto project = commands.group("project", "Run, inspect and rebuild projections");
  project.add("run", "Bring collections up to date", run_projections, {.arguments = {"names"}});
  project.add("status", "Show the position and the health of each collection", projection_status);
  project.add("health", "Name the collections that are unwell, and end with exit code 1 if there are any", health);
  project.add<app::ListProjectionLetters>("dead-letters", "List the events that projections have set aside",
                                          letters<app::list_projection_letters>, {.arguments = {"name"}});
  project.add<app::RetryProjectionLetters>("retry", "Project an event that was set aside again, alone",
                                           letters<app::retry_projection_letters>, {.arguments = {"position"}});
  project.add<app::DropProjectionLetters>("drop", "Leave an event out of the documents that was set aside",
                                          letters<app::drop_projection_letters>, {.arguments = {"position"}});
  project.add("verify", "Make the documents from the log once more, and name those that differ", verify,
              {.arguments = {"names"}});
  project.add("diff", "Show the documents of a collection that differ between two moments", diff, {.required = {"at"}});
  project.add("rebuild", "Build collections again while the live ones stay in use, compare, then replace them", rebuild,
              {.arguments = {"names"}});
}

}  // namespace eventstore::cli
