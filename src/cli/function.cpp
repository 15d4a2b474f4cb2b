#include <eventstore/app/arguments.hpp>
#include <eventstore/app/call_function.hpp>
#include <eventstore/app/describe.hpp>
#include <eventstore/app/execute.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_function(Call& call, const app::CallFunction& parameters, bool recording) {
  EVENTSTORE_TRY_ASSIGN(const auto* const function, app::find_function(call.model(), parameters.name, recording));
  EVENTSTORE_TRY_ASSIGN(const Bytes arguments, app::read_arguments(parameters_of(*function), call.words()));
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(recording ? Access::write : Access::read));
  EVENTSTORE_TRY_ASSIGN(Answer answer, app::call_function(*store, *function, parameters, arguments));
  if (recording) {
    EVENTSTORE_TRY(store->close());
    call.changed("the fact was recorded");
  }
  for (auto& document : answer.documents) EVENTSTORE_TRY(call.print_line(std::move(document)));
  EVENTSTORE_TRY(call.flush());
  if (answer.projected) EVENTSTORE_TRY(call.print(app::ProjectedInline{*answer.projected}));
  if (!answer.next_cursor.empty()) EVENTSTORE_TRY(call.print(app::NextPage{answer.next_cursor}));
  return {};
}

template <bool recording> Result<void> run_bound(Call& call, const app::CallFunction& parameters) {
  return run_function(call, parameters, recording);
}

Layout layout(const Model& model, bool recording) {
  return {.required = {"organization_id"}, .takes_words = true, .footer = [&model, recording](const auto& words) {
            return app::describe_functions(model, recording, words);
          }};
}

}  // namespace

void add_functions(CommandGroup& commands) {
  commands.add("query", "Ask the collections through a function of the domain", run_bound<false>,
               layout(commands.model(), false));
  commands.add("record", "Record a fact through a function of the domain", run_bound<true>,
               layout(commands.model(), true));
}

}  // namespace eventstore::cli
