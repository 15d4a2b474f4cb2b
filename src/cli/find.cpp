#include <eventstore/app/find.hpp>
#include <eventstore/schema/event_line.hpp>

#include "../terminal/log_line.hpp"
#include "../terminal/style.hpp"
#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_find(Call& call, const app::FindEvents& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto query, app::query_of(call.model(), parameters));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto bar = call.bar("find", "events");
  const bool coloured = terminal::takes_colours();
  const auto width = terminal::terminal_width();
  bool has_found = false;
  const auto print = [&](const RecordedEvent& event) -> Result<void> {
    if (!has_found) EVENTSTORE_TRY(call.flush());  // the bar makes room for the events
    has_found = true;
    if (!call.is_for_people()) return call.print_event(event, store->schemas());
    std::string line;
    EVENTSTORE_TRY(append_event_line(event, store->schemas(), line));
    return call.print_text(terminal::log_line(line, coloured, width));
  };
  EVENTSTORE_TRY(app::find(*store, query, print, [&](const app::Progress& progress) {
    if (!has_found) bar(progress);
  }));
  if (!has_found && call.is_for_people()) call.note("no event fits");
  return {};
}

}  // namespace

void add_find(CommandGroup& commands) {
  commands.add("find", "Find events by type, time, user, data or text", run_find);
}

}  // namespace eventstore::cli
