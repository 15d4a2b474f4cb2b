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

Result<void> run(Call& call, const app::Export& parameters) {
  if (parameters.xes.empty() && parameters.ocel.empty()) return print_whole_log(call, parameters.events);
  EVENTSTORE_TRY(app::check_export(parameters));
  return parameters.xes.empty() ? run_ocel(call, parameters) : run_xes(call, parameters);
}

}  // namespace

void add_export(CommandGroup& commands) {
  commands.add("export", "Print the events of all streams, or write them into a file for process mining", run,
               {.exclusive = {{"xes", "ocel"}}});
}

}  // namespace eventstore::cli
