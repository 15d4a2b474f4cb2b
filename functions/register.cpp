// The functions by name: one line each.
#include <functions/functions.hpp>

#include <eventstore/schema/json_text.hpp>

#include <cmath>

namespace domain {

namespace es = eventstore;

namespace {

es::Answer answer(const char* name, const string& id) {
  string json{"{\""};
  json += name;
  json += "\":";
  es::append_json_string(json, id);
  return {{json + '}'}, {}, false};
}
es::Answer answer(bool changed) { return {{changed ? R"({"changed":true})" : R"({"changed":false})"}, {}, false}; }
es::Answer answer(const RecordedIds& ids) { return {{es::to_json(ids)}, {}, false}; }

// Sums of whole numbers are shown as whole numbers.
void append_sum(string& json, double sum) {
  if (sum == std::floor(sum) && std::abs(sum) < 1e15)
    es::append_json_number(json, static_cast<int64_t>(sum));
  else
    es::append_json_number(json, sum);
}
es::Answer answer(const std::vector<PeriodStats>& periods) {
  es::Answer made{};
  for (const auto& period : periods) {
    string json{R"({"_id":)"};
    es::append_json_string(json, period._id);
    json += ",\"total\":";
    append_sum(json, period.total);
    json += ",\"count\":";
    es::append_json_number(json, period.count);
    json += ",\"average\":";
    append_sum(json, period.average);
    made.documents.push_back(json + '}');
  }
  return made;
}
es::Answer answer(es::Answer documents) { return documents; }

using Functions = OrganizationFunctions;

template <class P, auto Method> es::Result<es::Answer> run(const es::FunctionContext& context, const P& parameters) {
  auto result = (Functions{context}.*Method)(parameters);
  if (!result) return es::failure_of(result);
  return answer(std::move(*result));
}

template <class P, auto Method> es::FunctionType reads(const char* name) {
  return es::function<P>(name, false, &run<P, Method>);
}
template <class P, auto Method> es::FunctionType records(const char* name) {
  return es::function<P>(name, true, &run<P, Method>);
}

template <class P>
es::FunctionType records(const char* name, const char* id, es::Result<string> (Functions::*method)(const P&) const) {
  es::FunctionType type{name, true, &es::schema_of<P>(), {}};
  type.run = [id, method](const es::FunctionContext& context, es::BytesView bytes) -> es::Result<es::Answer> {
    EVENTSTORE_TRY_ASSIGN(const P parameters, es::decode<P>(bytes));
    EVENTSTORE_TRY_ASSIGN(const string made, (Functions{context}.*method)(parameters));
    return answer(id, made);
  };
  return type;
}

}  // namespace

std::vector<es::FunctionType> all_functions() {
  return {
      records("log_message", "message_id", &Functions::log_message),
      records<UpdateMessageStatus, &Functions::update_message_status>("update_message_status"),
      records("log_action", "audit_id", &Functions::log_action),
      records("log_metric", "metric_id", &Functions::log_metric),
      records("store_event", "event_id", &Functions::store_event),
      records<LogCampaignExecution, &Functions::log_campaign_execution>("log_campaign_execution"),
      records<LogConversationClosed, &Functions::log_conversation_closed>("log_conversation_closed"),
      reads<GetConversationHistory, &Functions::get_conversation_history>("get_conversation_history"),
      reads<SearchMessages, &Functions::search_messages>("search_messages"),
      reads<GetUserActivity, &Functions::get_user_activity>("get_user_activity"),
      reads<GetResourceHistory, &Functions::get_resource_history>("get_resource_history"),
      reads<GetDailyStats, &Functions::get_daily_stats>("get_daily_stats"),
      reads<GetHourlyStats, &Functions::get_hourly_stats>("get_hourly_stats"),
      reads<GetAggregateEvents, &Functions::get_aggregate_events>("get_aggregate_events"),
      reads<GetEventsByType, &Functions::get_events_by_type>("get_events_by_type"),
  };
}

}  // namespace domain
