#include <eventstore/app/export.hpp>

#include <fmt/format.h>

#include "commands.hpp"
#include "read.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_xes(Call& call, const app::Export& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto made,
                        app::export_xes(*store, parameters, call.bar("export", "events"), Call::interruption()));
  if (made.replaced_characters)
    call.note(fmt::format("XML has no form for {} characters: each became U+FFFD", *made.replaced_characters));
  return call.print(made);
}

Result<void> run_ocel(Call& call, const app::Export& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto made,
                        app::export_ocel(*store, parameters, call.bar("export", "events"), Call::interruption()));
  return call.print(made);
}

Result<void> run_lines(Call& call, const app::Export& parameters) {
  EVENTSTORE_TRY(app::limit_of(parameters.events.limit));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  if (parameters.clear) call.note("the lines have personal data and secrets in clear");
  return app::export_lines(
      *store, parameters, [&](std::string_view line) { return call.print_line(std::string{line}); },
      following_of(call, parameters.events));
}

Result<void> run_export(Call& call, const app::Export& parameters) {
  if (parameters.xes.empty() && parameters.ocel.empty()) return run_lines(call, parameters);
  EVENTSTORE_TRY(app::check_export(parameters));
  return parameters.xes.empty() ? run_ocel(call, parameters) : run_xes(call, parameters);
}

}  // namespace

void add_export(CommandGroup& commands) {
  commands.add("export", "Print the events of all streams, or write them into a file for process mining", run_export,
               {.exclusive = {{"xes", "ocel"}}});
}

}  // namespace eventstore::cli
