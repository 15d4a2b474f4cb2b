#include <functions/periods.hpp>

#include <fmt/format.h>

#include <chrono>

namespace domain {

namespace es = eventstore;

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t default_days = 30;
constexpr std::size_t day_size = 10;  // 2026-01-27
constexpr std::size_t labels_max = 10'000;

struct ReadDate {
  es::Timestamp time;
  bool is_day;
};

es::Result<ReadDate> read_date(const char* name, const std::string& text) {
  const bool is_day = text.size() == day_size;
  const auto time = es::Timestamp::parse(is_day ? text + "T00:00:00Z" : text);
  if (time) return ReadDate{*time, is_day};
  return es::failure(es::Errc::invalid_argument, "read time frame", name,
                     "expected a day like 2026-01-27, or a time like 2026-01-27T10:30:00Z");
}

es::Timestamp time_of(sys_days day) {
  return es::Timestamp{std::chrono::duration_cast<std::chrono::microseconds>(day.time_since_epoch()).count()};
}

sys_days day_of(es::Timestamp time) { return std::chrono::floor<days>(time.to_sys()); }

sys_days monday_of(sys_days day) { return day - (std::chrono::weekday{day} - std::chrono::Monday); }

sys_days month_of(sys_days day) {
  const std::chrono::year_month_day date{day};
  return sys_days{date.year() / date.month() / 1};
}

es::Timestamp start_of(es::Timestamp time, StatsPeriod period) {
  switch (period) {
    case StatsPeriod::hour: return time.start_of_hour();
    case StatsPeriod::day: return time.start_of_day();
    case StatsPeriod::week: return time_of(monday_of(day_of(time)));
    case StatsPeriod::month: return time_of(month_of(day_of(time)));
  }
  return time;
}

es::Timestamp next_of(es::Timestamp start, StatsPeriod period) {
  switch (period) {
    case StatsPeriod::hour: return start.plus_seconds(3'600);
    case StatsPeriod::day: return start.plus_seconds(seconds_per_day);
    case StatsPeriod::week: return start.plus_seconds(7 * seconds_per_day);
    case StatsPeriod::month: {
      const std::chrono::year_month_day date{day_of(start)};
      return time_of(sys_days{(date.year() / date.month() + months{1}) / 1});
    }
  }
  return start;
}

std::string label_of(es::Timestamp start, StatsPeriod period) {
  const auto date = start.date();
  if (period == StatsPeriod::hour) return fmt::format("{}T{:02}", date, start.hour());
  return period == StatsPeriod::month ? date.substr(0, 7) : date;
}

}  // namespace

es::Result<TimeFrame> time_frame(const std::optional<std::string>& start_date,
                                 const std::optional<std::string>& end_date, es::Timestamp now) {
  TimeFrame frame{{}, now.start_of_day().plus_seconds(seconds_per_day)};
  if (end_date) {
    EVENTSTORE_TRY_ASSIGN(const ReadDate end, read_date("end_date", *end_date));
    frame.end = end.is_day ? end.time.plus_seconds(seconds_per_day) : end.time;
  }
  frame.first = frame.end.plus_seconds(-default_days * seconds_per_day);
  if (start_date) {
    EVENTSTORE_TRY_ASSIGN(const ReadDate start, read_date("start_date", *start_date));
    frame.first = start.time;
  }
  if (frame.end < frame.first)
    return es::failure(es::Errc::invalid_argument, "read time frame", end_date ? "end_date" : "start_date",
                       "the end is before the start");
  return frame;
}

es::Period period_of(StatsPeriod period) {
  switch (period) {
    case StatsPeriod::hour: return es::Period::hour;
    case StatsPeriod::day: return es::Period::day;
    case StatsPeriod::week: return es::Period::week;
    case StatsPeriod::month: return es::Period::month;
  }
  return es::Period::day;
}

es::Result<std::vector<std::string>> period_labels(const TimeFrame& frame, StatsPeriod period) {
  std::vector<std::string> labels;
  for (auto start = start_of(frame.first, period); start < frame.end; start = next_of(start, period)) {
    if (labels.size() == labels_max)
      return es::failure(
          es::Errc::invalid_argument, "read time frame", "period",
          fmt::format("there are more than {} of them: take longer ones, or a shorter time", labels_max));
    labels.push_back(label_of(start, period));
  }
  return labels;
}

}  // namespace domain
