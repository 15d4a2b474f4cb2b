#include <eventstore/app/import.hpp>

#include "commands.hpp"
#include "duplicates.hpp"
#include "input.hpp"

namespace eventstore::cli {
namespace {

Durability durability_of(app::ImportDurability durability) {
  switch (durability) {
    case app::ImportDurability::every_commit: return Durability::every_commit;
    case app::ImportDurability::interval: return Durability::interval;
    case app::ImportDurability::on_close: break;
  }
  return Durability::on_close;
}

app::ImportWatch watch(Call& call, bool reports) {
  app::ImportWatch watch{.on_progress = call.bar("import", "events"), .stop = Call::interruption()};
  watch.on_refused = [&call](const Error& error) { call.note("refused: " + error.message()); };
  watch.on_duplicate = tell_duplicates(call);
  watch.on_left_out = [&call](std::uint64_t line, const std::string& sentence) {
    call.note("line " + std::to_string(line) + ": " + sentence);
  };
  if (reports)
    watch.on_appended = [&call](const app::ImportedTo& place) {
      (void)call.print(place);
      (void)call.flush();
    };
  return watch;
}

Result<void> run_import(Call& call, const app::Import& parameters) {
  EVENTSTORE_TRY_ASSIGN(auto source, open_input(parameters.file));
  EVENTSTORE_TRY_ASSIGN(auto refused, app::RefusedLines::open(parameters.on_error, source));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::write, durability_of(parameters.durability)));
  app::ImportCounts counts;
  auto imported = app::import(store->event_log(), call.model(), parameters, source, refused, counts,
                              watch(call, parameters.report));
  auto closed = store->close();
  auto printed = call.print(counts);
  if (!imported) return imported;
  return closed ? printed : closed;
}

}  // namespace

void add_import(CommandGroup& commands) { commands.add("import", "Append the event lines of a file", run_import); }

}  // namespace eventstore::cli
