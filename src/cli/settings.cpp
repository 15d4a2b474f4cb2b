#include <eventstore/app/list_settings.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> run_settings(Call& call) {
  return app::list_settings(call.settings(), call.model().projections,
                            [&](const app::SettingRow& row) { return call.print(row); });
}

}  // namespace

void add_settings(CommandGroup& commands) {
  commands.add("settings", "Show each setting, its value, where the value comes from, and what it means", run_settings);
}

}  // namespace eventstore::cli
