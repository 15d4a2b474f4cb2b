#include <eventstore/app/what_if.hpp>

#include "../terminal/past_text.hpp"
#include "../terminal/style.hpp"
#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_what_if(Call& call, const app::AskWhatIf& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const bool coloured = terminal::takes_colours();
  const auto print = [&](const auto& row, const auto& text_of) {
    return call.is_for_people() ? call.print_text(text_of(to_json(row))) : call.print(row);
  };
  const auto print_answer = [&](const app::WhatIfAnswer& answer) {
    return print(answer, [&](const std::string& json) { return terminal::what_if_text(json, coloured); });
  };
  const auto print_document = [&](const app::DocumentIf& each) {
    return print(each, [&](const std::string& json) { return terminal::document_text(json, coloured); });
  };
  const auto print_counts = [&](const app::ProjectionIf& counts) { return print(counts, terminal::counts_text); };
  return app::ask_what_if(*store, parameters, {print_answer, print_document, print_counts}, stop);
}

}  // namespace

void add_what_if(CommandGroup& commands) {
  commands.add("what-if", "Replay a stream without an event, with another one in its place, or with one between",
               run_what_if);
}

}  // namespace eventstore::cli
