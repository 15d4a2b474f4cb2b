#include <eventstore/app/report.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> write_report(Call& call, const app::MakeReport& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto made, app::make_report(*store, parameters));
  return call.print(made);
}

}  // namespace

void add_report(CommandGroup& commands) {
  commands.add("report", "Write the history of an aggregate as a web page", write_report, {.options = {"html"}});
}

}  // namespace eventstore::cli
