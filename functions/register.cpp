// The functions of messaging, campaigns and the log by name: one line each; and all functions.
#include <functions/functions.hpp>
#include <functions/groups.hpp>

namespace domain {

namespace es = eventstore;

namespace {

// The answer of a recording function that gives one id.
struct MessageId {
  EVENTSTORE_FIELDS(MessageId, (string, message_id));
};
struct AuditId {
  EVENTSTORE_FIELDS(AuditId, (string, audit_id));
};
struct MetricId {
  EVENTSTORE_FIELDS(MetricId, (string, metric_id));
};
struct StatusChange {
  EVENTSTORE_FIELDS(StatusChange, (bool, changed));
};

// The parameters and the answer of a member function.
template <class Method> struct Signature;
template <class Object, class R, class P> struct Signature<es::Result<R> (Object::*)(const P&) const> {
  using parameters = P;
  using answer = R;
};
template <auto Method> using Parameters = typename Signature<decltype(Method)>::parameters;
template <auto Method> using AnswerOf = typename Signature<decltype(Method)>::answer;

template <auto Method>
es::Result<AnswerOf<Method>> ask(const es::AskContext& context, const Parameters<Method>& parameters) {
  return (OrganizationQuestions{context}.*Method)(parameters);
}

template <class A, auto Method>
es::Result<A> record(const es::RecordContext& context, const Parameters<Method>& parameters) {
  auto recorded = (OrganizationFunctions{context}.*Method)(parameters);
  if (!recorded) return es::failure_of(recorded);
  return A{std::move(*recorded)};
}

template <auto Method> es::Function asks(const char* name) { return es::asks(name, &ask<Method>); }
template <auto Method, class A = AnswerOf<Method>> es::Function records(const char* name) {
  return es::records(name, &record<A, Method>);
}

}  // namespace

std::vector<es::Function> messaging_functions() {
  using Facts = OrganizationFunctions;
  using Questions = OrganizationQuestions;
  return {
      records<&Facts::log_message, MessageId>("log_message"),
      records<&Facts::update_message_status, StatusChange>("update_message_status"),
      records<&Facts::log_action, AuditId>("log_action"),
      records<&Facts::log_metric, MetricId>("log_metric"),
      records<&Facts::store_event>("store_event"),
      records<&Facts::log_campaign_execution>("log_campaign_execution"),
      records<&Facts::log_conversation_closed>("log_conversation_closed"),
      records<&Facts::send_campaign_messages>("send_campaign_messages"),
      asks<&Questions::get_conversation_history>("get_conversation_history"),
      asks<&Questions::search_messages>("search_messages"),
      asks<&Questions::get_user_activity>("get_user_activity"),
      asks<&Questions::get_resource_history>("get_resource_history"),
      asks<&Questions::get_daily_stats>("get_daily_stats"),
      asks<&Questions::get_hourly_stats>("get_hourly_stats"),
      asks<&Questions::get_aggregate_events>("get_aggregate_events"),
      asks<&Questions::get_events_by_type>("get_events_by_type"),
  };
}

std::vector<es::Function> all_functions() {
  std::vector<es::Function> all;
  const auto add = [&](std::vector<es::Function> group) { all.insert(all.end(), group.begin(), group.end()); };
#define DOMAIN_ADD_FUNCTIONS(name) add(name##_functions());
  DOMAIN_FUNCTION_GROUPS(DOMAIN_ADD_FUNCTIONS)
#undef DOMAIN_ADD_FUNCTIONS
  return all;
}

}  // namespace domain
