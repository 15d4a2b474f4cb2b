#include <cli/shell.hpp>

using namespace eventstore::cli_test;

TEST_CASE("whoever has an appointment is told that it was shifted and is reminded once", "[appointments]") {
  const Shell shell;
  const auto told = run(EVENTSTORE_APPOINTMENTS, {shell.store()});
  CHECK(told.err.empty());
  CHECK(told.exit_code == 0);
  CHECK(lines_of(told.out) == std::vector<std::string>{"to +49 30 1: moved from 2026-01-29T12:00 to 2026-01-30T12:00",
                                                       "it is 2026-01-28T12:00", "to +49 30 2: tomorrow",
                                                       "it is 2026-01-29T12:00", "to +49 30 1: tomorrow"});
}
