#pragma once
// Private to the functions: the time that a statistic is about, and its hours, days, weeks and months.
#include <eventstore/collections/query.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/enum.hpp>

#include <optional>
#include <string>
#include <vector>

namespace domain {

EVENTSTORE_ENUM(StatsPeriod, hour, day, week, month);

/// From `first` up to `end`, which is left out.
struct TimeFrame {
  eventstore::Timestamp first;
  eventstore::Timestamp end;
};

/// `start_date` and `end_date` are days, which belong to the frame, or RFC 3339 times, of which the end does not.
/// Without an end it is the end of today; without a start the frame has 30 days. Errors: invalid_argument, naming the
/// parameter, where one cannot be read or the end is before the start.
eventstore::Result<TimeFrame> time_frame(const std::optional<std::string>& start_date,
                                         const std::optional<std::string>& end_date, eventstore::Timestamp now);

eventstore::Period period_of(StatsPeriod period);

/// The labels of the periods of the frame, oldest first, by their starts: "2026-01-27T10", "2026-01-27", the Monday of
/// a week, "2026-01". Errors: invalid_argument, where there are more than 10,000.
eventstore::Result<std::vector<std::string>> period_labels(const TimeFrame& frame, StatsPeriod period);

}  // namespace domain
