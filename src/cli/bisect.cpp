#include <eventstore/app/bisect.hpp>

#include <fmt/format.h>

#include "../terminal/log_line.hpp"
#include "../terminal/style.hpp"
#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run(Call& call, const app::Bisect& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const bool coloured = terminal::takes_colours();
  const auto width = terminal::terminal_width();
  const auto print = [&](const app::BisectedVersion& row) {
    return call.is_for_people() ? call.print_text(terminal::log_line(to_json(row), coloured, width)) : call.print(row);
  };
  const auto on_progress = parameters.category.empty() ? app::OnProgress{} : call.bar("bisect", "streams");
  EVENTSTORE_TRY_ASSIGN(const auto report, app::bisect(*store, parameters, print, on_progress, Call::interruption()));
  if (parameters.category.empty()) return {};
  EVENTSTORE_TRY(call.flush());  // the notes come behind the lines
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
