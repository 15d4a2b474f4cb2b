#pragma once
// The functions of call analytics: statistics of calls, lists of calls and campaigns, and the search of transcripts.
#include <eventstore/app/function.hpp>
#include <functions/periods.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace domain {

// Dates are days, which both belong to the time that is asked for, or RFC 3339 times, of which the end does not; the
// default is the last 30 days. A call belongs to the period of its createdAt.
struct GetCallDurationStats {
  EVENTSTORE_FIELDS(GetCallDurationStats, (StatsPeriod, period), (std::optional<std::string>, start_date),
                    (std::optional<std::string>, end_date));
};
struct GetCallOutcomeStats {
  EVENTSTORE_FIELDS(GetCallOutcomeStats, (std::optional<std::string>, start_date),
                    (std::optional<std::string>, end_date), (StatsPeriod, period, StatsPeriod::day));
};
struct GetSentimentDistribution {
  EVENTSTORE_FIELDS(GetSentimentDistribution, (std::optional<std::string>, start_date),
                    (std::optional<std::string>, end_date));
};
struct ListCalls {
  EVENTSTORE_FIELDS(ListCalls, (std::int64_t, limit, 50), (std::optional<std::string>, cursor));
};
struct GetRecentCalls {
  EVENTSTORE_FIELDS(GetRecentCalls, (std::int64_t, limit, 5), (std::optional<std::string>, cursor));
};
struct SearchTranscripts {
  EVENTSTORE_FIELDS(SearchTranscripts, (std::string, query), (std::int64_t, limit, 20),
                    (std::optional<std::string>, cursor));
};

/// Seconds; of the calls of the period that have a duration. totalCalls counts the others too.
struct CallDurationStats {
  EVENTSTORE_FIELDS(CallDurationStats, (std::string, period), (std::int64_t, totalCalls, 0),
                    (std::int64_t, totalDuration, 0), (double, averageDuration, 0), (std::int64_t, minDuration, 0),
                    (std::int64_t, maxDuration, 0));
};
/// successRate is the part of completed calls among those that have ended, in percent with one decimal; null where
/// none has ended.
struct CallOutcomeStats {
  EVENTSTORE_FIELDS(CallOutcomeStats, (std::string, date), (std::int64_t, total, 0), (std::int64_t, completed, 0),
                    (std::int64_t, failed, 0), (std::int64_t, busy, 0), (std::int64_t, noAnswer, 0),
                    (std::int64_t, canceled, 0), (eventstore::Json, successRate, eventstore::Json{}));
};
/// percentage is of the calls that have a sentiment, with one decimal.
struct SentimentShare {
  EVENTSTORE_FIELDS(SentimentShare, (std::string, sentiment), (std::int64_t, count, 0), (double, percentage, 0));
};
/// snippet is the text around the first word that was found.
struct FoundTranscript {
  EVENTSTORE_FIELDS(FoundTranscript, (std::string, call_id), (std::string, text), (std::string, snippet),
                    (eventstore::Timestamp, createdAt));
};

/// A page of documents as JSON.
using CallDocuments = eventstore::PageOf<std::string>;

// Errors of all: as AskContext::live_collections and the questions of DocumentsOf; invalid_argument for a date that
// cannot be read, an end before its start, a limit that is not 0 to 1,000, and a cursor that no page gave.

/// One entry a period of the time, oldest first; with zeros where no call belongs to it.
eventstore::Result<std::vector<CallDurationStats>> get_call_duration_stats(const eventstore::AskContext& context,
                                                                           const GetCallDurationStats& parameters);
eventstore::Result<std::vector<CallOutcomeStats>> get_call_outcome_stats(const eventstore::AskContext& context,
                                                                         const GetCallOutcomeStats& parameters);
/// All three sentiments, always.
eventstore::Result<std::vector<SentimentShare>> get_sentiment_distribution(const eventstore::AskContext& context,
                                                                           const GetSentimentDistribution& parameters);
/// Calls that ring or are in progress, newest first.
eventstore::Result<CallDocuments> get_active_calls(const eventstore::AskContext& context, const ListCalls& parameters);
/// Calls that are queued, newest first.
eventstore::Result<CallDocuments> get_queued_calls(const eventstore::AskContext& context, const ListCalls& parameters);
/// Calls, newest first.
eventstore::Result<CallDocuments> get_recent_calls(const eventstore::AskContext& context,
                                                   const GetRecentCalls& parameters);
/// Campaigns that are executing or paused, newest first.
eventstore::Result<CallDocuments> get_active_campaigns(const eventstore::AskContext& context,
                                                       const ListCalls& parameters);
/// Transcripts with all words of the query, newest first; `OR` and quotes as search_messages has them.
eventstore::Result<eventstore::PageOf<FoundTranscript>> search_transcripts(const eventstore::AskContext& context,
                                                                           const SearchTranscripts& parameters);

/// `part` of `whole` in percent, with one decimal; 0 of nothing.
double percentage(std::int64_t part, std::int64_t whole);

}  // namespace domain
