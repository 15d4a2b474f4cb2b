// The commands of `subject`: a person, by the id that the domain gives.
#include <eventstore/app/subject.hpp>

#include "commands.hpp"

namespace eventstore::cli {
namespace {

Result<void> erase(Call& call, const app::EraseSubject& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::write_existing));
  const auto tell = [&](const app::ClearEventFound& found) {
    call.fail();
    return call.print(found);
  };
  EVENTSTORE_TRY_ASSIGN(const auto erased,
                        app::erase_subject(*store, parameters, tell, call.bar("erase", "events"), stop));
  EVENTSTORE_TRY(store->close());
  call.changed("the person was erased");
  EVENTSTORE_TRY(call.print(erased));
  if (erased.clear_events > 0)
    call.note("an older build wrote the values of these " + std::to_string(erased.clear_events) +
              " events in clear: they are gone only when `retain --drop` has dropped the segments that have them");
  if (erased.left) {
    call.fail();
    call.note(*erased.left);
  }
  return {};
}

Result<void> export_all(Call& call, const app::ExportSubject& parameters) {
  const auto stop = Call::interruption();
  EVENTSTORE_TRY_ASSIGN(const auto store, call.open(Access::read));
  const auto print = [&](std::string_view line) { return call.print_line(std::string{line}); };
  return app::export_subject(*store, parameters, print, call.bar("export", "events"), stop);
}

}  // namespace

void add_subject(CommandGroup& commands) {
  auto subject = commands.group("subject", "Show what is stored about a person, or erase it");
  subject.add("export", "Print everything that is stored about a person, as JSON lines", export_all,
              {.arguments = {"subject"}});
  subject.add("erase", "Destroy a person's key, so that what is stored about them can never be read again", erase,
              {.arguments = {"subject"}});
}

}  // namespace eventstore::cli
