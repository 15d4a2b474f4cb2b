#include <eventstore/app/stream_log.hpp>

#include "../terminal/log_line.hpp"
#include "../terminal/pager.hpp"
#include "../terminal/style.hpp"
#include "commands.hpp"

namespace eventstore::cli {
namespace {

// Through the pager, so all of it must be written before the pager ends.
Result<void> run_for_people(Call& call, const Store& store, const app::LogStream& parameters) {
  const bool coloured = terminal::takes_colours();
  const auto width = terminal::terminal_width();
  const terminal::Pager pager;
  const auto told = app::log_stream(store, parameters, [&](const app::LoggedEvent& event) {
    return call.print_text(terminal::log_line(to_json(event), coloured, width));
  });
  const auto flushed = call.flush();
  return told ? flushed : told;
}

Result<void> run_log(Call& call, const app::LogStream& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  if (call.is_for_people()) return run_for_people(call, *store, parameters);
  return app::log_stream(*store, parameters, [&](const app::LoggedEvent& event) { return call.print(event); });
}

}  // namespace

void add_log(CommandGroup& commands) {
  commands.add("log", "Print the events of one stream with what each of them changed", run_log);
}

}  // namespace eventstore::cli
