// log_campaign_execution, log_conversation_closed: one fact each, from which audit line and metrics follow.
#include <functions/functions.hpp>
#include <functions/record.hpp>

#include <aggregates/aggregates.hpp>
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/conversation/conversation.hpp>

namespace domain {

namespace es = eventstore;

namespace {

es::Result<RecordedIds> record(const es::RecordContext& context, const es::AggregateType& type, const string& key,
                               const std::vector<es::DecidedEvent>& events, const string& user_id,
                               const optional<string>& ip_address) {
  auto metadata = context.metadata;
  metadata.user_id = user_id;
  if (ip_address) metadata.ip_address = *ip_address;
  EVENTSTORE_TRY_ASSIGN(const Fact fact, append_facts(context, type.category, key, events, metadata));
  EVENTSTORE_TRY_ASSIGN(string metric, metric_id(context, type, fact));
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
