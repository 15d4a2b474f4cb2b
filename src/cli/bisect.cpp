#include <eventstore/app/bisect.hpp>

#include <fmt/format.h>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run(Call& call, const app::Bisect& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto on_progress = parameters.category.empty() ? app::OnProgress{} : call.bar("bisect", "streams");
  EVENTSTORE_TRY_ASSIGN(const auto report,
                        app::bisect(
                            *store, parameters, [&](const app::BisectedVersion& row) { return call.print(row); },
                            on_progress, Call::interruption()));
  if (parameters.category.empty()) return {};
  call.note(fmt::format("{} of {} streams", report.found, report.streams));
  if (report.expired > 0)
    call.note(fmt::format("{} of them have lost their beginning to retention, and were left out", report.expired));
  return {};
}

}  // namespace

void add_bisect(CommandGroup& commands) {
  commands.add("bisect", "Find the versions at which a condition holds, of a stream or of a category", run,
               {.arguments = {"stream", "predicate"}});
}

}  // namespace eventstore::cli
