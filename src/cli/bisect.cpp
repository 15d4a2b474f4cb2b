#include <eventstore/app/bisect.hpp>

#include <fmt/format.h>

#include <string_view>

#include "../terminal/log_line.hpp"
#include "../terminal/style.hpp"
#include "commands.hpp"

namespace eventstore::cli {
namespace {

constexpr std::string_view language = R"(The language of PREDICATE:
  status  before.status         a field after the event; before it
  event.type  event.data.PATH   of the event: also created_at, recorded_at, version, position, user_id and other ids
  previous.created_at           the same of the event before it in the stream
  a.b  a["k.1"]  a[0]  a[-1]    a field or an entry; an element; the last element
  == != < <= > >=  in [X, Y]    comparison, which is false where a side is missing
  exists PATH  size(PATH)       whether it is there; how many elements or characters it has
  contains starts_with ends_with    of texts; contains also of lists and maps
  any(PATH, P)  all(PATH, P)    P holds for one, for each: it is the element, key is the key of a map
  and or not ( )  "text"  2.5  "2026-01-27T10:30:00Z"  1d 2h30min)";

Result<void> run_bisect(Call& call, const app::Bisect& parameters) {
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
  commands.add("bisect", "Find the versions at which a condition holds, of a stream or of a category", run_bisect,
               {.arguments = {"stream", "predicate"}, .footer = [](const auto&) { return std::string{language}; }});
}

}  // namespace eventstore::cli
