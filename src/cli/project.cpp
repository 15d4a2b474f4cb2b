#include "interrupt.hpp"
#include "old_commands.hpp"
#include "output.hpp"
#include "progress_bar.hpp"

#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/projection/worker.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace eventstore::cli {
namespace {

using Health = ProjectionStatus::Health;

constexpr std::chrono::milliseconds follow_patience{500};

Result<std::vector<const ProjectionType*>> choose(const Program& program, const std::vector<std::string>& names) {
  std::vector<const ProjectionType*> chosen;
  std::string known;
  for (const auto& projection : program.projections) {
    known += (known.empty() ? "" : ", ") + projection.name();
    if (names.empty()) chosen.push_back(&projection);
  }
  for (const auto& name : names) {
    const auto before = chosen.size();
    for (const auto& projection : program.projections)
      if (projection.name() == name) chosen.push_back(&projection);
    if (chosen.size() == before)
      return failure(Errc::not_found, "project", name, "no such projection; there are " + known);
  }
  return chosen;
}

// A log, its collections, and the worker between them.
struct Workshop {
  std::unique_ptr<Store> store;
  std::unique_ptr<SqliteCollections> collections;
  std::unique_ptr<ProjectionWorker> worker;

  static Result<Workshop> open(const Setup& setup, WorkerOptions options = {}) {
    Workshop workshop{};
    EVENTSTORE_TRY_ASSIGN(workshop.store, open_store(setup, Access::read));
    EVENTSTORE_TRY_ASSIGN(workshop.collections, SqliteCollections::open(collections_path(setup)));
    workshop.worker = std::make_unique<ProjectionWorker>(workshop.store->log(), setup.program.aggregates,
                                                         *workshop.collections, std::move(options));
    return workshop;
  }
};

std::string summary(const RunReport& run, double seconds) {
  return fmt::format(R"({{"events":{},"position":{},"seconds":{:.3f},"events_per_second":{:.0f},"stopped":{}}})",
                     run.events, run.position.value, seconds,
                     seconds > 0 ? static_cast<double>(run.events) / seconds : 0, run.stopped);
}

void tell_left(const RunReport& run) {
  for (const auto& left : run.left)
    fmt::print(stderr, "eventstore: {} is {}: {}; it was left as it is: run `project rebuild {}`\n", left.name,
               to_string(left.health), left.reason, left.name);
}

// What was left as it is is left as it is here too.
Result<void> expire(Workshop& workshop, const std::vector<const ProjectionType*>& projections, const RunReport& run) {
  const auto now = workshop.store->clock().now();
  const auto was_left = [&](const ProjectionType& projection) {
    return std::any_of(run.left.begin(), run.left.end(),
                       [&](const auto& left) { return left.name == projection.name(); });
  };
  for (const auto* const projection : projections)
    if (projection->shape.keep_days > 0 && !was_left(*projection)) {
      const auto moment = now.plus_seconds(-std::int64_t{projection->shape.keep_days} * 86'400);
      EVENTSTORE_TRY(workshop.collections->expire(projection->shape, moment));
    }
  return {};
}

template <class Run> Result<RunReport> timed(Output& output, Run run) {
  const auto begun = std::chrono::steady_clock::now();
  auto report = run();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  if (report) EVENTSTORE_TRY(output.write(summary(*report, took.count())));
  if (report) EVENTSTORE_TRY(output.flush());
  return report;
}

WorkerOptions with_progress(ProgressBar& progress) {
  WorkerOptions options{};
  options.on_progress = [&progress](std::uint64_t done, std::uint64_t total) {
    progress.show(done, total == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total));
  };
  return options;
}

Result<bool> run_projections(const Setup& setup, const ProjectOptions& options, Output& output) {
  const auto stop = interruption();
  EVENTSTORE_TRY_ASSIGN(const auto projections, choose(setup.program, options.names));
  ProgressBar progress{"project", "events"};
  EVENTSTORE_TRY_ASSIGN(Workshop workshop, Workshop::open(setup, with_progress(progress)));
  EVENTSTORE_TRY_ASSIGN(RunReport run, timed(output, [&] { return workshop.worker->run(projections, stop); }));
  tell_left(run);
  const bool all = run.left.empty();
  while (options.follow && !stop.stop_requested()) {
    EVENTSTORE_TRY_ASSIGN(const Position head, workshop.store->log().wait_past(run.position, stop, follow_patience));
    if (head <= run.position) continue;
    auto next = workshop.worker->run(projections, stop);
    // A rebuild that took a collection's place moved its checkpoint: the next round goes on from there.
    if (!next && next.error().code == Errc::locked) continue;
    if (!next) return failure_of(next);
    run = std::move(*next);
  }
  if (options.expire) EVENTSTORE_TRY(expire(workshop, projections, run));
  return all;
}

std::string status_json(const ProjectionStatus& status) {
  auto line = fmt::format(R"({{"projection":"{}","health":"{}","position":{},"behind":{},"documents":{})", status.name,
                          to_string(status.health), status.position.value,
                          status.head.value - std::min(status.head, status.position).value, status.documents);
  if (!status.reason.empty()) line += fmt::format(R"(,"reason":"{}")", status.reason);
  if (status.rebuilding) line += fmt::format(R"(,"rebuild_position":{})", status.rebuild_position.value);
  return line + "}";
}

Result<void> print_status(const Setup& setup, Output& output) {
  EVENTSTORE_TRY_ASSIGN(Workshop workshop, Workshop::open(setup));
  for (const auto& projection : setup.program.projections) {
    EVENTSTORE_TRY_ASSIGN(const auto status, workshop.worker->status(projection));
    EVENTSTORE_TRY(output.write(status_json(status)));
  }
  return output.flush();
}

Result<void> rebuild(const Setup& setup, const std::string& name, Output& output) {
  EVENTSTORE_TRY_ASSIGN(const auto projections, choose(setup.program, {name}));
  ProgressBar progress{"rebuild " + name, "events"};
  EVENTSTORE_TRY_ASSIGN(Workshop workshop, Workshop::open(setup, with_progress(progress)));
  EVENTSTORE_TRY_ASSIGN(const RunReport run,
                        timed(output, [&] { return workshop.worker->rebuild(*projections.front(), interruption()); }));
  if (run.stopped)
    return failure(Errc::stopped, "rebuild", name,
                   "the live collection is as it was; the same command goes on from here");
  return {};
}

}  // namespace

ExitCode project_run(const Setup& setup, const ProjectOptions& options) {
  Output output{setup.form};
  const auto all = run_projections(setup, options, output);
  const auto ended = output.finish(all ? Result<void>{} : tl::unexpected<Error>{all.error()});
  return ended == ExitCode::done && all && !*all ? ExitCode::failed : ended;
}

ExitCode project_status(const Setup& setup) {
  Output output{setup.form};
  return output.finish(print_status(setup, output));
}

ExitCode project_rebuild(const Setup& setup, const std::string& name) {
  Output output{setup.form};
  return output.finish(rebuild(setup, name, output));
}

}  // namespace eventstore::cli
