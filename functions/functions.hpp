#pragma once
// The functions of the source systems, typed and bound to one organization.
#include <eventstore/app/function.hpp>
#include <functions/parameters.hpp>
#include <string>
#include <vector>

namespace domain {

/// The ids of what one recorded fact leads to: they hold before any projection has run.
struct RecordedIds {
  EVENTSTORE_FIELDS(RecordedIds, (string, audit_id), (string, metric_id), (string, event_id));
};

/// The event that was stored; its unique fields whose values another stream has, where there are some.
struct StoredEvent {
  EVENTSTORE_FIELDS(StoredEvent, (string, event_id), (optional<std::vector<string>>, duplicates));
};

/// Sums over one day ("2026-01-27") or hour ("2026-01-27T10"); `_id` is the name that the source systems read.
struct PeriodStats {
  EVENTSTORE_FIELDS(PeriodStats, (string, _id), (double, total, 0), (int64_t, count, 0), (double, average, 0));
};

/// The contacts of a campaign that a call has sent a message to, and those that got none from it.
struct CampaignMessagesSent {
  EVENTSTORE_FIELDS(CampaignMessagesSent, (int64_t, sent), (int64_t, skipped));
};

/// A page of a list of JSON objects. `next_cursor` is empty at the list's end.
using Documents = eventstore::PageOf<string>;

/// Those that ask see one organization's documents; "the last N days" end with the clock's now. Errors of all: as
/// EventLog's reads and Collections' questions; not_found where the collections were not made yet; invalid_argument for
/// a cursor that no page gave, a limit or a period below 1. Threads: one at a time. Lifetime: borrows what the context
/// borrows.
class OrganizationQuestions {
 public:
  explicit OrganizationQuestions(eventstore::AskContext context) : asking_{std::move(context)} {}

  /// Messages, oldest first, the newest `limit`; the next page is older.
  eventstore::Result<Documents> get_conversation_history(const GetConversationHistory& parameters) const;
  /// Messages, newest first. Words must all be there; `OR` between two means either, quotes keep words together.
  eventstore::Result<Documents> search_messages(const SearchMessages& parameters) const;
  /// Audit lines, newest first.
  eventstore::Result<Documents> get_user_activity(const GetUserActivity& parameters) const;
  eventstore::Result<Documents> get_resource_history(const GetResourceHistory& parameters) const;
  /// One entry a day or hour in which something was measured, oldest first. Today counts as the first of `days`.
  eventstore::Result<std::vector<PeriodStats>> get_daily_stats(const GetDailyStats& parameters) const;
  eventstore::Result<std::vector<PeriodStats>> get_hourly_stats(const GetHourlyStats& parameters) const;
  /// Event lines, oldest first, the newest `limit`; the next page is older. Read from the log: never behind it.
  eventstore::Result<Documents> get_aggregate_events(const GetAggregateEvents& parameters) const;
  eventstore::Result<Documents> get_events_by_type(const GetEventsByType& parameters) const;

 private:
  eventstore::AskContext asking_;
};

/// Those that record state facts: they append whatever the state, on a new stream too, at the clock's time and with the
/// context's metadata. Errors: also as EventLog::append.
class OrganizationFunctions : public OrganizationQuestions {
 public:
  explicit OrganizationFunctions(eventstore::RecordContext context)
      : OrganizationQuestions{context.asking()}, context_{std::move(context)} {}

  /// MessageSent and, where the status is another, its event, in one commit. The message_id.
  eventstore::Result<string> log_message(const LogMessage& parameters) const;
  /// The status's event on the message's conversation, or on the one that is named; there a status that comes before
  /// its message waits for it. False when nothing changed: then nothing is appended. Errors: also not_found (no such
  /// message), expired (retention dropped events that may have had it), invalid_argument (`sent`, which is no change of
  /// status; an empty message_id).
  eventstore::Result<bool> update_message_status(const UpdateMessageStatus& parameters) const;
  /// ActionRecorded. The id of its audit line.
  eventstore::Result<string> log_action(const LogAction& parameters) const;
  /// MetricRecorded. The id of its analytics document.
  eventstore::Result<string> log_metric(const LogMetric& parameters) const;
  /// Any event that the program knows. Like a line of an import it claims unique values, and is not refused where
  /// another stream has one. Errors: also unknown_event_type; as json_to_bytes.
  eventstore::Result<StoredEvent> store_event(const StoreEvent& parameters) const;
  /// CampaignExecuted.
  eventstore::Result<RecordedIds> log_campaign_execution(const LogCampaignExecution& parameters) const;
  /// ConversationClosed.
  eventstore::Result<RecordedIds> log_conversation_closed(const LogConversationClosed& parameters) const;
  /// One MessageSent a contact of the campaign, into its conversation, which is opened where there is none; all in one
  /// commit. Skipped: contacts that have the message already, whoever sent it, that the campaign has tried, that have
  /// opted out, whose conversation is closed, or whose id no conversation of the organization can have; all, where the
  /// campaign is one of calls. Errors: also not_found (no such campaign in the organization); wrong_version, where
  /// conversations kept changing meanwhile; too_large, for more than a commit holds: some 100,000 contacts.
  eventstore::Result<CampaignMessagesSent> send_campaign_messages(const SendCampaignMessagesOf& parameters) const;

 private:
  eventstore::RecordContext context_;
};

/// All of them by name, for the command line.
std::vector<eventstore::Function> all_functions();

}  // namespace domain
