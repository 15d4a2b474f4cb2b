// get_active_calls, get_queued_calls, get_recent_calls, get_active_campaigns; and the functions of call analytics by
// name.
#include <functions/calls.hpp>
#include <functions/documents.hpp>
#include <functions/groups.hpp>

#include <fmt/format.h>
#include <aggregates/campaign/state.hpp>
#include <projections/common/call_documents.hpp>
#include <projections/projections.hpp>

namespace domain {

namespace es = eventstore;

namespace {

constexpr std::int64_t call_list_max = 1'000;

/// Of `campaigns`.
struct CampaignDocument {
  EVENTSTORE_FIELDS(CampaignDocument, (CampaignStatus, status), (es::Timestamp, created_at));
};

es::Result<void> check_call_limit(const char* during, std::int64_t limit) {
  if (limit >= 0 && limit <= call_list_max) return {};
  return es::failure(es::Errc::invalid_argument, during, "limit", fmt::format("expected 0 to {}", call_list_max));
}

es::Result<es::DocumentsOf<CallDocument>> calls_of(const es::AskContext& context) {
  static const es::ProjectionType type = call_logs_projection();
  return documents_of<CallDocument>(context, type);
}

es::Result<CallDocuments> newest_calls(const es::DocumentsOf<CallDocument>& calls, std::int64_t limit,
                                       const std::optional<std::string>& cursor) {
  if (limit == 0) return CallDocuments{};
  return calls.newest_json<&CallDocument::createdAt>(static_cast<std::size_t>(limit), cursor.value_or(""));
}

es::Result<CallDocuments> calls_in(const es::AskContext& context, const char* during,
                                   std::initializer_list<CallStatus> statuses, const ListCalls& parameters) {
  EVENTSTORE_TRY(check_call_limit(during, parameters.limit));
  EVENTSTORE_TRY_ASSIGN(const auto calls, calls_of(context));
  return newest_calls(calls.where_any_of<&CallDocument::status>(statuses), parameters.limit, parameters.cursor);
}

}  // namespace

es::Result<CallDocuments> get_active_calls(const es::AskContext& context, const ListCalls& parameters) {
  return calls_in(context, "get_active_calls", {CallStatus::ringing, CallStatus::in_progress}, parameters);
}

es::Result<CallDocuments> get_queued_calls(const es::AskContext& context, const ListCalls& parameters) {
  return calls_in(context, "get_queued_calls", {CallStatus::queued}, parameters);
}

es::Result<CallDocuments> get_recent_calls(const es::AskContext& context, const GetRecentCalls& parameters) {
  EVENTSTORE_TRY(check_call_limit("get_recent_calls", parameters.limit));
  EVENTSTORE_TRY_ASSIGN(const auto calls, calls_of(context));
  return newest_calls(calls, parameters.limit, parameters.cursor);
}

es::Result<CallDocuments> get_active_campaigns(const es::AskContext& context, const ListCalls& parameters) {
  EVENTSTORE_TRY(check_call_limit("get_active_campaigns", parameters.limit));
  if (parameters.limit == 0) return CallDocuments{};
  static const es::ProjectionType type = campaigns_projection();
  EVENTSTORE_TRY_ASSIGN(const auto campaigns, documents_of<CampaignDocument>(context, type));
  return campaigns.where_any_of<&CampaignDocument::status>({CampaignStatus::executing, CampaignStatus::paused})
      .newest_json<&CampaignDocument::created_at>(static_cast<std::size_t>(parameters.limit),
                                                  parameters.cursor.value_or(""));
}

std::vector<es::Function> calls_functions() {
  return {es::asks("get_call_duration_stats", &get_call_duration_stats),
          es::asks("get_call_outcome_stats", &get_call_outcome_stats),
          es::asks("get_sentiment_distribution", &get_sentiment_distribution),
          es::asks("get_active_calls", &get_active_calls),
          es::asks("get_queued_calls", &get_queued_calls),
          es::asks("get_active_campaigns", &get_active_campaigns),
          es::asks("get_recent_calls", &get_recent_calls),
          es::asks("search_transcripts", &search_transcripts)};
}

}  // namespace domain
