// A report in a file: what is replaced, what is not, and what a failure leaves.
#include <eventstore/app/report.hpp>
#include <eventstore/history/report.hpp>

#include <filesystem>

#include "line_branch.hpp"
#include "raw_event.hpp"

namespace report_test {

using namespace bank;

namespace {

struct Reporter : Branch {
  es::Store store = open();

  Reporter() {
    REQUIRE(store.execute<Account>("ada", Open{"ada"}));
    for (int i = 0; i < 4; ++i) REQUIRE(store.execute<Account>("ada", Deposit{5}));
  }
  [[nodiscard]] app::MakeReport asked(const std::string& name = "report.html") const {
    return {.stream = "account-ada", .html = folder.file(name)};
  }
  [[nodiscard]] es::Error error(const app::MakeReport& parameters) const {
    const auto made = app::make_report(store, parameters);
    REQUIRE(!made);
    return made.error();
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
      if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
    return names;
  }
};

}  // namespace

TEST_CASE("a report is written into its file", "[report]") {
  const Reporter reporter;
  const auto made = must(app::make_report(reporter.store, reporter.asked()));
  CHECK(made.stream == "account-ada");
  CHECK(made.from == 1);
  CHECK(made.to == 5);
  CHECK(made.events == 5);
  CHECK(made.file == reporter.folder.file("report.html"));
  const auto page = reporter.read("report.html");
  CHECK(page.size() == made.bytes);
  CHECK_THAT(page, Catch::StartsWith(std::string{es::report_mark}) && Catch::EndsWith("</html>\n"));
  CHECK_THAT(page, Catch::Contains(R"("made_at":"2026-01-27T12:00:00.000000Z")"));
  CHECK(reporter.files() == std::vector<std::string>{"report.html"});
}

TEST_CASE("a report replaces an earlier one and no other file", "[report]") {
  const Reporter reporter;
  (void)must(app::make_report(reporter.store, reporter.asked()));
  auto part = reporter.asked();
  part.from = 2;
  part.to = 3;
  const auto made = must(app::make_report(reporter.store, part));
  CHECK(made.from == 2);
  CHECK(made.to == 3);
  CHECK(reporter.read("report.html").size() == made.bytes);
  for (const std::string text : {"", "<!doctype html>\n<p>mine</p>\n"}) {
    std::ofstream{reporter.folder.file("mine.html"), std::ios::binary} << text;
    const auto error = reporter.error(reporter.asked("mine.html"));
    CHECK(error.code == Errc::invalid_argument);
    CHECK_THAT(error.message(), Catch::Contains("mine.html") && Catch::Contains("is no report"));
    CHECK(reporter.read("mine.html") == text);
  }
  CHECK(reporter.error(reporter.asked("store")).code == Errc::invalid_argument);
}

TEST_CASE("a report that cannot be made leaves no file", "[report]") {
  Reporter reporter;
  auto parameters = reporter.asked();
  parameters.from = 9;
  CHECK(reporter.error(parameters).code == Errc::not_found);
  parameters.from = 0;
  CHECK(reporter.error(parameters).code == Errc::invalid_argument);
  parameters = reporter.asked();
  parameters.html.clear();
  CHECK(reporter.error(parameters).code == Errc::invalid_argument);
  parameters = reporter.asked();
  parameters.stream = "account-bea";
  CHECK(reporter.error(parameters).code == Errc::not_found);
  parameters.stream = "parcel-1";
  CHECK(reporter.error(parameters).code == Errc::invalid_argument);
  const auto error = reporter.error(reporter.asked("missing/report.html"));
  CHECK(error.code == Errc::not_found);
  CHECK_THAT(error.message(), Catch::Contains("its directory does not exist"));
  CHECK(reporter.files().empty());
}

TEST_CASE("a report says which events the state is without", "[report]") {
  Reporter reporter;
  append_raw(reporter.store, "account-ada", "AccountFrozen");
  CHECK(must(app::make_report(reporter.store, reporter.asked())).to == 6);
  CHECK_THAT(reporter.read("report.html"),
             Catch::Contains(R"("event_type":"AccountFrozen")") && Catch::Contains(R"("is_passed_over":true)"));
}

}  // namespace report_test
