// get_daily_stats, get_hourly_stats: windows that end with the clock's now.
#include "functions/office.hpp"

using namespace domain;

namespace {

struct Stats : Office {
  void measure(std::string_view time, double value, std::optional<string> tags = {}) {
    const auto now = clock.now();
    clock.set(moment(time));
    LogMetric metric{"cpu", value, {}, {}};
    if (tags) metric.tags = es::Json{*tags};
    good(functions().log_metric(metric));
    clock.set(now);
  }
  static Rows text(const es::Result<std::vector<PeriodStats>>& stats) {
    if (!stats) FAIL(stats.error().message());
    Rows all;
    for (const auto& each : *stats)
      all.push_back(each._id + " " + Catch::Detail::stringify(each.total) + " " + std::to_string(each.count) + " " +
                    Catch::Detail::stringify(each.average));
    return all;
  }
  Rows daily(int64_t days, const string& organization = "org-1") {
    run();
    return text(functions(organization).get_daily_stats({"cpu", days, {}}));
  }
  Rows hourly(int64_t hours) {
    run();
    return text(functions().get_hourly_stats({"cpu", hours, {}}));
  }
};

}  // namespace

TEST_CASE("a day sums all labels, today is the first of the days", "[functions][stats]") {
  Stats stats;
  stats.measure("2026-01-25T23:59:59Z", 1);
  stats.measure("2026-01-26T00:00:00Z", 2);
  stats.measure("2026-01-27T00:00:00Z", 3);
  stats.measure("2026-01-27T09:00:00Z", 4, R"({"host":"a"})");
  CHECK(stats.daily(1) == Rows{"2026-01-27 7.0 2 3.5"});
  CHECK(stats.daily(2) == Rows{"2026-01-26 2.0 1 2.0", "2026-01-27 7.0 2 3.5"});
  CHECK(stats.daily(30) == Rows{"2026-01-25 1.0 1 1.0", "2026-01-26 2.0 1 2.0", "2026-01-27 7.0 2 3.5"});
  CHECK(stats.daily(30, "org-2").empty());
}

TEST_CASE("an hour is named by its start, this hour is the first of the hours", "[functions][stats]") {
  Stats stats;
  stats.measure("2026-01-26T11:00:00Z", 5);
  stats.measure("2026-01-26T10:59:59Z", 6);
  stats.measure("2026-01-27T09:59:59Z", 1);
  stats.measure("2026-01-27T10:00:00Z", 2);
  stats.measure("2026-01-27T10:29:00Z", 3);
  CHECK(stats.hourly(1) == Rows{"2026-01-27T10 5.0 2 2.5"});
  CHECK(stats.hourly(2) == Rows{"2026-01-27T09 1.0 1 1.0", "2026-01-27T10 5.0 2 2.5"});
  CHECK(stats.hourly(24) == Rows{"2026-01-26T11 5.0 1 5.0", "2026-01-27T09 1.0 1 1.0", "2026-01-27T10 5.0 2 2.5"});
}

TEST_CASE("history is asked as of a day by the clock", "[functions][stats]") {
  Stats stats;
  stats.measure("2026-01-20T12:00:00Z", 1);
  stats.measure("2026-01-27T09:00:00Z", 2);
  stats.clock.set(moment("2026-01-20T23:00:00Z"));
  CHECK(stats.daily(30) == Rows{"2026-01-20 1.0 1 1.0"});
  CHECK(stats.hourly(24) == Rows{"2026-01-20T12 1.0 1 1.0"});
  stats.clock.set(moment("2026-03-27T10:00:00Z"));
  CHECK(stats.daily(30).empty());
}

TEST_CASE("periods have limits, and only what was measured is listed", "[functions][stats]") {
  Stats stats;
  stats.run();
  for (const int64_t count : {int64_t{0}, int64_t{-1}, std::numeric_limits<int64_t>::max()}) {
    CHECK(code(stats.functions().get_daily_stats({"cpu", count, {}})) == es::Errc::invalid_argument);
    CHECK(code(stats.functions().get_hourly_stats({"cpu", count, {}})) == es::Errc::invalid_argument);
    CHECK(code(stats.functions().get_user_activity({"u-9", count, 10, {}})) == es::Errc::invalid_argument);
  }
  CHECK(stats.daily(100'000).empty());
  CHECK(stats.hourly(100'000).empty());
}
