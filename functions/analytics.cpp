// log_metric, get_daily_stats, get_hourly_stats.
#include <functions/cursor.hpp>
#include <functions/functions.hpp>
#include <functions/record.hpp>

#include <aggregates/aggregates.hpp>
#include <aggregates/metric/metric.hpp>
#include <eventstore/projection/ready_made/analytics.hpp>

#include <cmath>

namespace domain {

namespace es = eventstore;

namespace {

const es::ProjectionType& analytics() {
  static const es::ProjectionType type = es::analytics();
  return type;
}

// Sums of `metric_type` by `period` from `first` to now.
es::Result<std::vector<PeriodStats>> stats(const es::AskContext& context, es::GroupKey period,
                                           const string& metric_type, es::Timestamp first,
                                           const optional<string>& cursor) {
  EVENTSTORE_TRY_ASSIGN(const auto metrics, documents_of<MetricDocument>(context, analytics()));
  // By the date, too: the index has it, and not the timestamp.
  const auto measured = metrics.where<&MetricDocument::metric_type>(metric_type)
                            .where_at_least<&MetricDocument::date>(first.date())
                            .where_at_least<&MetricDocument::timestamp>(first)
                            .where_at_most<&MetricDocument::timestamp>(context.clock.now());
  EVENTSTORE_TRY_ASSIGN(const auto groups,
                        (measured.sums<&MetricDocument::value, &MetricDocument::count>(std::move(period), cursor)));
  std::vector<PeriodStats> found;
  for (const auto& group : groups) {
    PeriodStats entry{std::get<string>(group.key.front()), group.sums[0].total,
                      static_cast<int64_t>(group.sums[1].total), 0};
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
                              .unit = parameters.unit,
                              .tags = parameters.tags,
                              .metadata = parameters.metadata,
                              .source = parameters.source,
                              .success = parameters.success};
  const auto events = facts(metric);
  static const es::AggregateType type = metric_type();
  EVENTSTORE_TRY_ASSIGN(const auto stream, es::StreamId::of(Metric::category, parameters.metric_type));
  EVENTSTORE_TRY_ASSIGN(string id, metric_id(context_, type, stream, events.front(), nullptr));
  EVENTSTORE_TRY_ASSIGN(const Fact fact, append_named_facts(context_, Metric::category, parameters.metric_type, events,
                                                            context_.metadata));
  return fact.already_there ? metric_id(context_, type, fact) : id;
}

es::Result<std::vector<PeriodStats>> OrganizationQuestions::get_daily_stats(const GetDailyStats& parameters) const {
  EVENTSTORE_TRY(check_period("days", parameters.days));
  const auto first = asking_.clock.now().start_of_day().plus_seconds(-(parameters.days - 1) * 86'400);
  return stats(asking_, {"date"}, parameters.metric_type, first, parameters.cursor);
}

es::Result<std::vector<PeriodStats>> OrganizationQuestions::get_hourly_stats(const GetHourlyStats& parameters) const {
  EVENTSTORE_TRY(check_period("hours", parameters.hours));
  const auto first = asking_.clock.now().start_of_hour().plus_seconds(-(parameters.hours - 1) * 3600);
  return stats(asking_, {"timestamp", es::Period::hour}, parameters.metric_type, first, parameters.cursor);
}

}  // namespace domain
