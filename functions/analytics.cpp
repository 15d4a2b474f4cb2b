// log_metric, get_daily_stats, get_hourly_stats.
#include <functions/cursor.hpp>
#include <functions/functions.hpp>
#include <functions/record.hpp>

#include <aggregates/aggregates.hpp>
#include <aggregates/metric/metric.hpp>
#include <projections/projections.hpp>

#include <fmt/format.h>

#include <limits>

#include <cmath>

namespace domain {

namespace es = eventstore;

namespace {

const es::ProjectionType& analytics() {
  static const es::ProjectionType type = analytics_projection();
  return type;
}

// A sum that no double holds comes as NULL: not a number, which JSON shows as null.
double number(const es::SqlValue& value) {
  if (const auto* const whole = std::get_if<int64_t>(&value)) return static_cast<double>(*whole);
  const auto* const real = std::get_if<double>(&value);
  return real != nullptr ? *real : std::numeric_limits<double>::quiet_NaN();
}

// Sums of `metric_type` by `period`, an SQL expression, from the hour `first` to now.
es::Result<std::vector<PeriodStats>> stats(const es::FunctionContext& context, const char* period,
                                           const string& metric_type, es::Timestamp first,
                                           const optional<string>& cursor) {
  EVENTSTORE_TRY_ASSIGN(auto* const collections, collections_of(context, analytics()));
  const auto sql = fmt::format(
      "SELECT {0} AS period, sum(value), sum(count) FROM analytics WHERE organization_id = ?1 AND metric_type = ?2 AND "
      "date >= ?3 AND timestamp >= ?4 AND timestamp <= ?5 AND {0} > ?6 GROUP BY period ORDER BY period",
      period);
  EVENTSTORE_TRY_ASSIGN(
      const auto rows,
      collections->rows(sql, {context.organization, metric_type, first.date(), first.to_sortable_string(),
                              context.clock.now().to_sortable_string(), cursor.value_or("")}));
  std::vector<PeriodStats> found;
  for (const auto& row : rows) {
    PeriodStats entry{std::get<string>(row[0]), number(row[1]), static_cast<int64_t>(number(row[2]))};
    if (entry.count != 0) entry.average = entry.total / static_cast<double>(entry.count);
    found.push_back(std::move(entry));
  }
  return found;
}

}  // namespace

es::Result<string> OrganizationFunctions::log_metric(const LogMetric& parameters) const {
  if (!std::isfinite(parameters.value))
    return es::failure(es::Errc::invalid_argument, "log_metric", "value", "expected a number that is finite");
  const MetricRecorded metric{.metric_type = parameters.metric_type,
                              .value = parameters.value,
                              .tags = parameters.tags,
                              .metadata = parameters.metadata};
  EVENTSTORE_TRY_ASSIGN(const Fact fact, append_named_facts(context_, Metric::category, parameters.metric_type,
                                                            facts(metric), context_.metadata));
  return metric_id(context_, metric_type(), fact);
}

es::Result<std::vector<PeriodStats>> OrganizationFunctions::get_daily_stats(const GetDailyStats& parameters) const {
  EVENTSTORE_TRY(check_period("days", parameters.days));
  const auto first = context_.clock.now().start_of_day().plus_seconds(-(parameters.days - 1) * 86'400);
  return stats(context_, "date", parameters.metric_type, first, parameters.cursor);
}

es::Result<std::vector<PeriodStats>> OrganizationFunctions::get_hourly_stats(const GetHourlyStats& parameters) const {
  EVENTSTORE_TRY(check_period("hours", parameters.hours));
  const auto first = context_.clock.now().start_of_hour().plus_seconds(-(parameters.hours - 1) * 3600);
  return stats(context_, "substr(timestamp, 1, 13)", parameters.metric_type, first, parameters.cursor);
}

}  // namespace domain
