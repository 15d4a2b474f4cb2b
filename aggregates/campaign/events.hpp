#pragma once
// What happens to a campaign: one message or call to many contacts.
#include <aggregates/common/channel.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/fields.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

/// The status that an execution starts with: sent out bit by bit, or all at once.
EVENTSTORE_ENUM(ExecutionStatus, executing, completed);

/// What became of a contact.
EVENTSTORE_ENUM(ContactOutcome, sent, delivered, read, failed, answered, busy, no_answer);

struct CampaignCreated {
  EVENTSTORE_EVENT(CampaignCreated, (std::string, campaign_id, , eventstore::refers_to("campaign")),
                   (std::string, name), (Channel, channel, Channel::whatsapp), (std::string, content));
};

struct CampaignContentChanged {
  EVENTSTORE_EVENT(CampaignContentChanged, (std::string, content));
};

struct CampaignContactsAdded {
  EVENTSTORE_EVENT(CampaignContactsAdded, (std::vector<std::string>, contact_ids, , eventstore::refers_to("contact")));
};

struct CampaignContactsRemoved {
  EVENTSTORE_EVENT(CampaignContactsRemoved,
                   (std::vector<std::string>, contact_ids, , eventstore::refers_to("contact")));
};

struct CampaignScheduled {
  EVENTSTORE_EVENT(CampaignScheduled, (eventstore::Timestamp, scheduled_at));
};

struct CampaignExecuted {
  static constexpr std::string_view audit_action = "execute";
  EVENTSTORE_EVENT(CampaignExecuted, (std::string, campaign_id, , eventstore::refers_to("campaign")),
                   (std::int64_t, contacts_count), (ExecutionStatus, status, ExecutionStatus::executing));
};

/// Whether a contact did what the campaign is for.
EVENTSTORE_ENUM(ContactResult, not_converted, converted);

/// attempt is the number of the try that came to this outcome, 1 the first; talk_seconds is how long was talked in it,
/// of the duration_seconds of the whole call.
struct CampaignContactReached {
  EVENTSTORE_EVENT(CampaignContactReached, (std::string, contact_id, , eventstore::refers_to("contact")),
                   (std::optional<std::string>, conversation_id, , eventstore::refers_to("conversation")),
                   (std::optional<std::string>, message_id), (ContactOutcome, outcome),
                   (std::optional<std::int64_t>, duration_seconds), (std::optional<std::int64_t>, attempt),
                   (std::optional<std::int64_t>, talk_seconds));
};

/// What came of a contact: known by somebody who sees orders and answers, and not by the provider who reaches people.
/// value is what the conversion was worth, in the organization's currency.
struct CampaignContactResultRecorded {
  EVENTSTORE_EVENT(CampaignContactResultRecorded, (std::string, contact_id, , eventstore::refers_to("contact")),
                   (ContactResult, result), (std::optional<double>, value), (std::optional<std::string>, reason));
};

struct CampaignPaused {
  EVENTSTORE_EVENT(CampaignPaused, (std::optional<std::string>, reason));
};

struct CampaignResumed {
  EVENTSTORE_EVENT(CampaignResumed, (std::optional<std::string>, reason));
};

struct CampaignCompleted {
  EVENTSTORE_EVENT(CampaignCompleted, (std::int64_t, contacts_count), (std::int64_t, succeeded),
                   (std::int64_t, failed));
};

struct CampaignCancelled {
  EVENTSTORE_EVENT(CampaignCancelled, (std::optional<std::string>, reason));
};

struct CampaignDeleted {
  static constexpr std::string_view audit_action = "delete";
  EVENTSTORE_EVENT(CampaignDeleted, (std::optional<std::string>, reason));
};

}  // namespace domain
