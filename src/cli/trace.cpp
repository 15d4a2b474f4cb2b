#include <eventstore/app/trace.hpp>

#include "../terminal/cell.hpp"
#include "../terminal/style.hpp"
#include "../terminal/tree.hpp"
#include "commands.hpp"

namespace eventstore::cli {
namespace {

using terminal::Colour;

std::string label_of(const app::TracedEvent& event, bool coloured) {
  const bool is_asked = event.relation == TraceRelation::asked;
  if (event.missing) return terminal::painted(event.event_id + "  not in the log", Colour::yellow, coloured);
  auto label = terminal::painted(*event.event_type, is_asked ? Colour::bold : Colour::cyan, coloured) + "  " +
               terminal::painted(*event.stream + " v" + std::to_string(*event.version), Colour::green, coloured) +
               "  " + terminal::shown(event.created_at->to_string());
  if (event.user_id) label += "  " + terminal::painted(*event.user_id, Colour::blue, coloured);
  label += "  " + terminal::painted(event.event_id, Colour::grey, coloured);
  if (event.loop) label += "  " + terminal::painted("leads back to a cause of its own", Colour::yellow, coloured);
  return is_asked ? label + "  " + terminal::painted("◀ asked for", Colour::magenta, coloured) : label;
}

Result<void> print_tree(Call& call, const app::TracedEvents& trace) {
  const bool coloured = terminal::takes_colours();
  std::vector<terminal::TreeLine> lines;
  std::size_t shift = 0;
  for (const auto& event : trace.events) {
    if (event.depth == 0 && event.relation == TraceRelation::correlated && shift == 0) {
      lines.push_back({0, terminal::painted("with the same correlation id", Colour::yellow, coloured)});
      shift = 1;
    }
    lines.push_back({event.depth + shift, label_of(event, coloured)});
  }
  for (const auto& line : terminal::tree_of(lines)) EVENTSTORE_TRY(call.print_text(line));
  return {};
}

Result<void> print(Call& call, const app::TraceEvent& parameters, const app::TracedEvents& trace) {
  if (parameters.dot) return call.print_text(app::dot_of(trace));
  if (parameters.mermaid) return call.print_text(app::mermaid_of(trace));
  if (call.is_for_people()) return print_tree(call, trace);
  for (const auto& event : trace.events) EVENTSTORE_TRY(call.print(event));
  return {};
}

Result<void> run_trace(Call& call, const app::TraceEvent& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  EVENTSTORE_TRY_ASSIGN(const auto trace, app::trace(*store, parameters, call.bar("trace", "events")));
  EVENTSTORE_TRY(call.flush());
  EVENTSTORE_TRY(print(call, parameters, trace));
  if (trace.left_out > 0)
    call.note("at least " + std::to_string(trace.left_out) + " more events belong to the trace: give a larger --limit");
  return {};
}

}  // namespace

void add_trace(CommandGroup& commands) {
  commands.add("trace", "Show what caused an event, and what it caused, across streams", run_trace,
               {.exclusive = {{"dot", "mermaid"}}});
}

}  // namespace eventstore::cli
