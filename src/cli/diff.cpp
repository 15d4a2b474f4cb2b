#include <eventstore/app/diff.hpp>

#include <fmt/format.h>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_diff(Call& call, const app::DiffStates& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto diffed, app::diff_states(*store, parameters));
  for (const auto& note : diffed.notes) call.note(note);
  if (parameters.json_patch) return call.print_text(diffed.patch);
  if (call.is_for_people())
    EVENTSTORE_TRY(call.print_text(fmt::format("version {} → {}{}", diffed.a.value, diffed.b.value,
                                               diffed.rows.empty() ? ": the states are the same" : "")));
  for (auto row : diffed.rows) {
    // A table has both columns, in this order, whichever side its first row lacks.
    for (auto* const side : {&row.before, &row.after})
      if (call.is_for_people() && !*side) side->emplace();
    EVENTSTORE_TRY(call.print(row));
  }
  return {};
}

}  // namespace

void add_diff(CommandGroup& commands) {
  commands.add("diff", "Show what differs between two states of an aggregate", run_diff);
}

}  // namespace eventstore::cli
