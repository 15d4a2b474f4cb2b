// get_call_duration_stats, get_call_outcome_stats, get_sentiment_distribution.
#include <functions/calls.hpp>
#include <functions/documents.hpp>

#include <fmt/format.h>
#include <projections/common/call_documents.hpp>
#include <projections/projections.hpp>

#include <cmath>
#include <map>

namespace domain {

namespace es = eventstore;

namespace {

const es::ProjectionType& call_logs() {
  static const es::ProjectionType type = call_logs_projection();
  return type;
}

// The calls of the frame by `by`, with the sums of `of`.
es::Result<std::vector<es::Group>> grouped_calls(const es::AskContext& context, const TimeFrame& frame,
                                                 std::vector<es::GroupKey> by, std::vector<std::string> of = {}) {
  using Kind = es::Condition::Kind;
  EVENTSTORE_TRY_ASSIGN(auto* const collections, context.live_collections(call_logs()));
  return collections->group(call_logs().shape, context.organization,
                            {{{"createdAt", Kind::at_least, {frame.first}}, {"createdAt", Kind::less, {frame.end}}},
                             std::move(by),
                             std::move(of),
                             {}});
}

std::string text_of(const es::QueryValue& value) {
  const auto* const text = std::get_if<std::string>(&value);
  return text == nullptr ? std::string{} : *text;
}

void add_outcome(CallOutcomeStats& stats, CallStatus status, std::int64_t calls) {
  stats.total += calls;
  switch (status) {
    case CallStatus::completed: stats.completed = calls; return;
    case CallStatus::failed: stats.failed = calls; return;
    case CallStatus::busy: stats.busy = calls; return;
    case CallStatus::no_answer: stats.noAnswer = calls; return;
    case CallStatus::canceled: stats.canceled = calls; return;
    default: return;
  }
}

}  // namespace

double percentage(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return 0;
  return std::round(static_cast<double>(part) * 1'000 / static_cast<double>(whole)) / 10;
}

es::Result<std::vector<CallDurationStats>> get_call_duration_stats(const es::AskContext& context,
                                                                   const GetCallDurationStats& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto frame, time_frame(parameters.start_date, parameters.end_date, context.clock.now()));
  EVENTSTORE_TRY_ASSIGN(const auto labels, period_labels(frame, parameters.period));
  EVENTSTORE_TRY_ASSIGN(const auto groups,
                        grouped_calls(context, frame, {{"createdAt", period_of(parameters.period)}}, {"duration"}));
  std::map<std::string, const es::Group*> by_label;
  for (const auto& group : groups) by_label[text_of(group.key.front())] = &group;
  std::vector<CallDurationStats> all;
  for (const auto& label : labels) {
    CallDurationStats stats{};
    stats.period = label;
    if (const auto found = by_label.find(label); found != by_label.end()) {
      const auto& durations = found->second->sums.front();
      stats.totalCalls = static_cast<std::int64_t>(found->second->documents);
      stats.totalDuration = std::llround(durations.total);
      stats.averageDuration = durations.average();
      stats.minDuration = std::llround(durations.smallest);
      stats.maxDuration = std::llround(durations.largest);
    }
    all.push_back(std::move(stats));
  }
  return all;
}

es::Result<std::vector<CallOutcomeStats>> get_call_outcome_stats(const es::AskContext& context,
                                                                 const GetCallOutcomeStats& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto frame, time_frame(parameters.start_date, parameters.end_date, context.clock.now()));
  EVENTSTORE_TRY_ASSIGN(const auto labels, period_labels(frame, parameters.period));
  EVENTSTORE_TRY_ASSIGN(const auto groups,
                        grouped_calls(context, frame, {{"createdAt", period_of(parameters.period)}, {"status", {}}}));
  std::map<std::string, CallOutcomeStats> by_label;
  for (const auto& group : groups)
    if (const auto status = es::enum_from<CallStatus>(text_of(group.key.back())))
      add_outcome(by_label[text_of(group.key.front())], *status, static_cast<std::int64_t>(group.documents));
  std::vector<CallOutcomeStats> all;
  for (const auto& label : labels) {
    auto stats = by_label[label];
    stats.date = label;
    const auto ended = stats.completed + stats.failed + stats.busy + stats.noAnswer + stats.canceled;
    if (ended != 0) stats.successRate.text = fmt::format("{:.1f}", percentage(stats.completed, ended));
    all.push_back(std::move(stats));
  }
  return all;
}

es::Result<std::vector<SentimentShare>> get_sentiment_distribution(const es::AskContext& context,
                                                                   const GetSentimentDistribution& parameters) {
  EVENTSTORE_TRY_ASSIGN(const auto frame, time_frame(parameters.start_date, parameters.end_date, context.clock.now()));
  EVENTSTORE_TRY_ASSIGN(const auto groups, grouped_calls(context, frame, {{"ai_analysis.sentiment", {}}}));
  std::vector<SentimentShare> all;
  std::int64_t whole = 0;
  for (const auto sentiment : {Sentiment::positive, Sentiment::neutral, Sentiment::negative}) {
    SentimentShare share{};
    share.sentiment = to_string(sentiment);
    for (const auto& group : groups)
      if (text_of(group.key.front()) == share.sentiment) share.count = static_cast<std::int64_t>(group.documents);
    whole += share.count;
    all.push_back(std::move(share));
  }
  for (auto& share : all) share.percentage = percentage(share.count, whole);
  return all;
}

}  // namespace domain
