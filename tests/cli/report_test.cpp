#include "shell.hpp"

namespace report_test {

using namespace eventstore::cli_test;

TEST_CASE("report writes the history of an aggregate as a page", "[report]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto page = shell.file("page.html");
  const auto row = shell.result({"report", "delivery-d-1", "--html", page});
  CHECK(value(row, "stream") == "delivery-d-1");
  CHECK(value(row, "from") == "1");
  CHECK(value(row, "to") == "4");
  CHECK(value(row, "events") == "4");
  CHECK(value(row, "file") == page);
  CHECK(std::to_string(shell.read("page.html").size()) == value(row, "bytes"));
  CHECK_THAT(shell.read("page.html"), Catch::StartsWith("<!doctype html>") && Catch::Contains("DeliveryDeparted"));
  CHECK(value(shell.result({"report", "delivery-d-1", "--html", page, "--from", "2", "--to", "3"}), "events") == "2");
}

TEST_CASE("report says what is wrong with its words", "[report]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto page = shell.file("page.html");
  require_complaint(shell.run({"report", "delivery-d-9", "--html", page}), 4, {"delivery-d-9", "no such stream"});
  require_complaint(shell.run({"report", "parcel-1", "--html", page}), 2, {"parcel", "no such category"});
  require_complaint(shell.run({"report", "activity-1", "--html", page}), 2, {"activity", "no state"});
  require_complaint(shell.run({"report", "delivery-d-1", "--html", page, "--from", "5"}), 4, {"version 4"});
  require_complaint(shell.run({"report", "delivery-d-1", "--html", page, "--from", "3", "--to", "2"}), 2,
                    {"version 3", "version 2"});
  require_complaint(shell.run({"report", "delivery-d-1", "--html", shell.file("no/page.html")}), 4,
                    {"no/page.html", "directory"});
  require_complaint(shell.run({"report", "delivery-d-1", "--html", shell.write("mine.txt", "mine")}), 2,
                    {"mine.txt", "is no report"});
  CHECK(shell.read("mine.txt") == "mine");
  CHECK(shell.run({"report", "delivery-d-1"}).exit_code == 2);
}

}  // namespace report_test
