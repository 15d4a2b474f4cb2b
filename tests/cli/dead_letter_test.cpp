// Events that are set aside: listed, retried and dropped. The notes are put into the file by hand, because no
// projection of this program gives errors.
#include "shell.hpp"

namespace dead_letter_test {

using namespace eventstore::cli_test;

namespace {

// As if the projection had given an error at the event, whose document is gone with it.
void set_aside(const Shell& shell, const std::string& collection, const std::string& position) {
  (void)sql(shell, "INSERT INTO _dead_letters VALUES ('" + collection + "', " + position +
                       ", 'delivery-d-1', 'DeliveryScheduled', '5a1c8f5e-2f6b-5b1e-9d3e-0c6b2f8e7a11', "
                       "'user_exception', 'project', 'delivery-d-1', 'unlucky', '2026-01-27T12:00:00.000000Z', 1, 0)");
}

}  // namespace

TEST_CASE("an event that was set aside is listed and retried", "[project][dead_letter]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.result({"project", "run"});
  CHECK(shell.result({"project", "dead-letters"}).empty());
  const auto whole = sql(shell, "SELECT * FROM events ORDER BY _id");
  (void)sql(shell, "DELETE FROM events WHERE version = 1");
  set_aside(shell, "events", "1");
  CHECK_THAT(shell.result({"project", "dead-letters"}),
             Catch::StartsWith(R"({"projection":"events","position":1,"stream":"delivery-d-1",)") &&
                 Catch::Contains(R"("state":"set_aside","code":"user_exception","reason":"user_exception: project)"));
  CHECK(shell.result({"project", "dead-letters", "events"}) == shell.result({"project", "dead-letters"}));
  CHECK(shell.result({"project", "dead-letters", "analytics"}).empty());
  const auto unwell = shell.run({"project", "health"});
  CHECK(unwell.exit_code == 1);
  CHECK_THAT(unwell.out,
             Catch::Contains(R"("projection":"events","health":"live",)") && Catch::Contains(R"("set_aside":1)"));
  CHECK_THAT(shell.result({"project", "retry", "events", "1"}), Catch::Contains(R"("state":"retried")"));
  CHECK((sql(shell, "SELECT * FROM events ORDER BY _id") == whole));
  CHECK(shell.run({"project", "health"}).exit_code == 0);
  require_complaint(shell.run({"project", "retry", "events", "1"}), 4, {"set aside no event at this position"});
}

TEST_CASE("a retry that only a rebuild can replace is refused by the command line", "[project][dead_letter]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.result({"project", "run"});
  set_aside(shell, "deliveries", "1");
  require_complaint(shell.run({"project", "retry", "deliveries"}), 5, {"run `project rebuild deliveries`"});
  (void)shell.result({"project", "rebuild", "deliveries"});
  CHECK(shell.result({"project", "dead-letters"}).empty());
}

TEST_CASE("a dropped event is counted and its collection is well", "[project][dead_letter]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.result({"project", "run"});
  set_aside(shell, "analytics", "1");
  set_aside(shell, "analytics", "2");
  require_complaint(shell.run({"project", "drop", "analytics"}), 2, {"give the position of the event, or --all"});
  CHECK_THAT(shell.result({"project", "drop", "analytics", "1"}), Catch::Contains(R"("state":"dropped")"));
  CHECK(shell.run({"project", "health"}).exit_code == 1);
  (void)shell.result({"project", "drop", "analytics", "--all"});
  CHECK(shell.run({"project", "health"}).exit_code == 0);
  CHECK_THAT(shell.result({"project", "status"}), Catch::Contains(R"("dropped":2)"));
}

}  // namespace dead_letter_test
