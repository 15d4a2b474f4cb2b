#include <eventstore/app/retain.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

struct RetainOptions {
  EVENTSTORE_FIELDS(RetainOptions,
                    (Timestamp, before, ,
                     help("Take the segments whose events were all recorded before this time, in RFC 3339, or before "
                          "this day in UTC")),
                    (bool, drop, false, help("Delete these events for ever")),
                    (bool, archive, false, help("Pack these events, so that they stay readable")),
                    (bool, dry_run, false, help("Print what the command would do, and change nothing")),
                    (bool, without_states, false, help("Drop even if states and documents cannot be kept")));
};

Result<void> run_retain(Call& call, const RetainOptions& options) {
  if (options.drop == options.archive) return failure(Errc::invalid_argument, "retain", {}, "give --drop or --archive");
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::write_existing));
  const auto action = options.drop ? app::RetainAction::drop : app::RetainAction::archive;
  EVENTSTORE_TRY_ASSIGN(const auto retained,
                        app::retain(*store, {options.before, action, options.dry_run, options.without_states}));
  EVENTSTORE_TRY(store->close());
  return call.print(retained);
}

}  // namespace

void add_retain(CommandGroup& commands) {
  commands.add("retain", "Drop or archive old segments", run_retain,
               {.options = {"before"}, .exclusive = {{"drop", "archive"}}});
}

}  // namespace eventstore::cli
