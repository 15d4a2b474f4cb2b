#include <eventstore/app/doctor.hpp>
#include <eventstore/core/detail/utf8.hpp>

#include <fmt/format.h>

#include <cerrno>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

// The signs of the lines that people know from the system whose test this is.
std::string_view sign_of(const app::DoctorRow& row) {
  if (row.result == app::DoctorResult::advice) return "💡";
  if (row.result == app::DoctorResult::skipped) return "➖";
  if (row.check == "found") return "📋";
  return row.check == "complete" ? "🎉" : "✅";
}

Result<void> print_row(Call& call, const app::DoctorRow& row) {
  if (!call.is_for_people()) return call.print(row);
  auto line = fmt::format("{} {}", sign_of(row), row.says);
  if (row.todo) line += fmt::format(": {}", *row.todo);
  return call.print_text(made_visible(line));
}

Result<std::unique_ptr<Store>> open_for_doctor(Call& call) {
  auto store = call.open(Access::write_existing);
  if (!store && store.error().code == Errc::not_found)
    store.error().detail = "there is no store yet: `init` or the first write makes it; or name another by --store";
  if (!store && (store.error().code == Errc::read_only || store.error().os_errno == EACCES))
    store.error().detail += "; the user of this process needs to read and to write all of the store's directory";
  return store;
}

Result<void> run_doctor(Call& call) {
  EVENTSTORE_TRY_ASSIGN(const auto store, open_for_doctor(call));
  const auto print = [&call](const app::DoctorRow& row) -> Result<void> {
    EVENTSTORE_TRY(print_row(call, row));
    return call.flush();
  };
  EVENTSTORE_TRY(app::examine_store(*store, print));
  EVENTSTORE_TRY(app::advise(*store, call.settings(), print));
  return store->close();
}

}  // namespace

void add_doctor(CommandGroup& commands) {
  commands.add("doctor", "Write an audit line, read it back, and say what could be better about the store", run_doctor);
}

}  // namespace eventstore::cli
