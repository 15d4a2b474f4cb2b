#include <eventstore/app/init.hpp>
#include <eventstore/app/worker_settings.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

std::vector<std::string> next_commands(const app::StoreMade& made) {
  const auto& program = program_name();
  if (made.events == 0) return {program + " import FILE", program + " init --sample"};
  return {program + " doctor", program + " project run --follow", program + " query --help"};
}

Result<void> run_init(Call& call, const app::InitStore& parameters) {
  app::InitWatch watch{};
  watch.on_warning = [&call](const std::string& sentence) { call.note("warning: " + sentence); };
  EVENTSTORE_TRY_ASSIGN(watch.projections.worker, app::worker_settings(call.settings(), call.model().projections));
  watch.projections.on_progress = call.bar("init", "events");
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::write, Durability::on_close));
  auto made = app::init_store(*store, parameters, watch, Call::interruption());
  EVENTSTORE_TRY(store->close());
  if (!made) return failure_of(made);
  made->next = next_commands(*made);
  return call.print(*made);
}

}  // namespace

void add_init(CommandGroup& commands) {
  commands.add("init", "Make the store, its collections and their indexes; again and again without harm", run_init);
}

}  // namespace eventstore::cli
