#pragma once
// What each function is given. On the command line these are its options, in this order where they come without names.
#include <aggregates/activity/events.hpp>
#include <aggregates/conversation/state.hpp>
#include <cstdint>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/json.hpp>
#include <optional>
#include <string>

namespace domain {

using eventstore::Json;
using std::int64_t, std::optional, std::string;

struct LogMessage {
  EVENTSTORE_FIELDS(LogMessage, (string, conversation_id), (string, sender_id), (string, receiver_id),
                    (optional<string>, message_content), (MessageType, message_type, MessageType::text),
                    (MessageStatus, status, MessageStatus::sent), (optional<string>, media_url),
                    (optional<Json>, metadata), (optional<string>, message_id), (optional<string>, provider_message_id),
                    (optional<string>, in_reply_to));
};
struct UpdateMessageStatus {
  EVENTSTORE_FIELDS(UpdateMessageStatus, (string, message_id), (MessageStatus, status),
                    (optional<string>, conversation_id), (optional<string>, error_code, , eventstore::also_read_number),
                    (optional<string>, error_title), (optional<string>, error_message), (optional<Json>, metadata));
};
struct LogAction {
  EVENTSTORE_FIELDS(LogAction, (string, user_id), (Action, action), (string, resource_type), (string, resource_id),
                    (optional<ActionChanges>, changes), (optional<string>, ip_address), (optional<string>, user_agent));
};
struct LogMetric {
  EVENTSTORE_FIELDS(LogMetric, (string, metric_type), (double, value), (optional<Json>, tags),
                    (optional<Json>, metadata), (optional<string>, unit), (string, source, "application"),
                    (optional<bool>, success));
};
struct StoreEvent {
  EVENTSTORE_FIELDS(StoreEvent, (string, event_type), (Json, event_data), (string, aggregate_id),
                    (string, aggregate_type));
};
struct LogCampaignExecution {
  EVENTSTORE_FIELDS(LogCampaignExecution, (string, user_id), (string, campaign_id), (int64_t, contacts_count),
                    (optional<string>, ip_address));
};
struct LogConversationClosed {
  EVENTSTORE_FIELDS(LogConversationClosed, (string, user_id), (string, conversation_id),
                    (int64_t, resolution_time_seconds), (optional<string>, ip_address));
};

struct SendCampaignMessagesOf {
  EVENTSTORE_FIELDS(SendCampaignMessagesOf, (string, campaign_id));
};

// `cursor` is the next_cursor of the page before.
struct GetConversationHistory {
  EVENTSTORE_FIELDS(GetConversationHistory, (string, conversation_id), (int64_t, limit, 50),
                    (optional<string>, cursor));
};
struct SearchMessages {
  EVENTSTORE_FIELDS(SearchMessages, (string, query), (int64_t, limit, 20), (optional<string>, cursor));
};
struct GetUserActivity {
  EVENTSTORE_FIELDS(GetUserActivity, (string, user_id), (int64_t, days, 7), (int64_t, limit, 100),
                    (optional<string>, cursor));
};
struct GetResourceHistory {
  EVENTSTORE_FIELDS(GetResourceHistory, (string, resource_id), (int64_t, limit, 50), (optional<string>, cursor));
};
struct GetDailyStats {
  EVENTSTORE_FIELDS(GetDailyStats, (string, metric_type), (int64_t, days, 30), (optional<string>, cursor));
};
struct GetHourlyStats {
  EVENTSTORE_FIELDS(GetHourlyStats, (string, metric_type), (int64_t, hours, 24), (optional<string>, cursor));
};
struct GetAggregateEvents {
  EVENTSTORE_FIELDS(GetAggregateEvents, (string, aggregate_id), (string, aggregate_type), (int64_t, limit, 100),
                    (optional<string>, cursor));
};
struct GetEventsByType {
  EVENTSTORE_FIELDS(GetEventsByType, (string, event_type), (int64_t, limit, 100), (optional<string>, cursor));
};

}  // namespace domain
