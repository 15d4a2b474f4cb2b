// log_campaign_execution, log_conversation_closed: one fact each, from which audit line and metrics follow.
#include <functions/functions.hpp>
#include <functions/record.hpp>

#include <aggregates/aggregates.hpp>
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <eventstore/aggregate/execute.hpp>

namespace domain {

namespace es = eventstore;

namespace {

es::Result<RecordedIds> record(const es::RecordContext& context, const es::AggregateType& type, const string& key,
                               const std::vector<es::DecidedEvent>& events, const string& user_id,
                               const optional<string>& ip_address) {
  auto metadata = context.metadata;
  metadata.user_id = user_id;
  if (ip_address) metadata.ip_address = *ip_address;
  EVENTSTORE_TRY_ASSIGN(const auto stream, es::StreamId::of(type.category, key));
  string metric;
  // As a command, so that the metric's id is known, on the version that the fact then follows, before it is appended.
  const auto decide = [&](const es::AnyState* before, const es::Context&) -> es::Result<es::AnyDecision> {
    EVENTSTORE_TRY_ASSIGN(metric, metric_id(context, type, stream, events.front(), before));
    return es::AnyDecision{events, {}};
  };
  EVENTSTORE_TRY_ASSIGN(const es::Executed executed,
                        es::execute(context.log, context.schemas, context.clock, type, stream, es::StreamNeed::either,
                                    decide, context.options(metadata), context.snapshots));
  const Fact fact{stream, executed.events.front().id, executed.events.front().placed, executed.already_there};
  if (fact.already_there) {
    EVENTSTORE_TRY_ASSIGN(metric, metric_id(context, type, fact));
  }
  return RecordedIds{audit_id(fact), std::move(metric), fact.id.to_string()};
}

}  // namespace

es::Result<RecordedIds> OrganizationFunctions::log_campaign_execution(const LogCampaignExecution& parameters) const {
  const CampaignExecuted executed{.campaign_id = parameters.campaign_id, .contacts_count = parameters.contacts_count};
  return record(context_, campaign_type(), parameters.campaign_id, facts(executed), parameters.user_id,
                parameters.ip_address);
}

es::Result<RecordedIds> OrganizationFunctions::log_conversation_closed(const LogConversationClosed& parameters) const {
  const ConversationClosed closed{.resolution_time_seconds = parameters.resolution_time_seconds};
  return record(context_, conversation_type(), parameters.conversation_id, facts(closed), parameters.user_id,
                parameters.ip_address);
}

}  // namespace domain
