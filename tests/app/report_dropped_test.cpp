// A report of a stream whose first events retention dropped.
#include <eventstore/app/report.hpp>
#include <eventstore/app/retain.hpp>

#include <fstream>

#include "branch.hpp"

namespace report_dropped_test {

using namespace bank;
namespace app = es::app;

TEST_CASE("a report begins with the state that retention kept", "[report][retain]") {
  SmallBranch branch;
  branch.fill(60);
  auto store = branch.open();
  const auto dropped = must(app::retain(store, {branch.clock.now().plus_seconds(1), app::RetainAction::drop}));
  REQUIRE(dropped.expired_position > 0);
  const app::MakeReport parameters{.stream = "account-ada", .html = branch.file("report.html")};
  const auto made = must(app::make_report(store, parameters));
  CHECK(made.from == dropped.expired_position + 1);
  CHECK(made.to == 60);
  CHECK(made.events == 60 - dropped.expired_position);
  std::ifstream file{parameters.html, std::ios::binary};
  const std::string page{std::istreambuf_iterator<char>{file}, {}};
  const auto kept = std::to_string(dropped.expired_position);
  CHECK_THAT(page, Catch::Contains("\"begin\":{\"version\":" + kept + ",\"is_kept\":true,\"state\":{\"cents\":"));
}

TEST_CASE("a report of a stream without events shows the state that retention kept", "[report][retain]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 2, "ada");
  branch.fill(store, 60, "bea");
  REQUIRE(must(app::retain(store, {branch.clock.now().plus_seconds(1), app::RetainAction::drop})).expired_position > 2);
  const auto made = must(app::make_report(store, {.stream = "account-ada", .html = branch.file("report.html")}));
  CHECK(made.from == 2);
  CHECK(made.to == 2);
  CHECK(made.events == 0);
}

}  // namespace report_dropped_test
