#pragma once
// What can be asked of a campaign. A command carries its event's data, less what the state or the clock knows.
#include <aggregates/campaign/events.hpp>

namespace domain {

/// Opens the stream. campaign_id is the stream's key; where it is given too, it must be the same.
struct CreateCampaign {
  EVENTSTORE_COMMAND(CreateCampaign, "create", (std::optional<std::string>, campaign_id), (std::string, name),
                     (Channel, channel, Channel::whatsapp), (std::string, content));
};

struct ChangeCampaignContent {
  EVENTSTORE_COMMAND(ChangeCampaignContent, "change_content", (std::string, content));
};

struct AddCampaignContacts {
  EVENTSTORE_COMMAND(AddCampaignContacts, "add_contacts", (std::vector<std::string>, contact_ids));
};

struct RemoveCampaignContacts {
  EVENTSTORE_COMMAND(RemoveCampaignContacts, "remove_contacts", (std::vector<std::string>, contact_ids));
};

struct ScheduleCampaign {
  EVENTSTORE_COMMAND(ScheduleCampaign, "schedule", (eventstore::Timestamp, scheduled_at));
};

/// contacts_count is for campaigns whose contacts are kept elsewhere; a campaign that has contacts counts them itself.
struct ExecuteCampaign {
  EVENTSTORE_COMMAND(ExecuteCampaign, "execute", (std::optional<std::string>, campaign_id),
                     (std::optional<std::int64_t>, contacts_count),
                     (ExecutionStatus, status, ExecutionStatus::executing));
};

struct ReachCampaignContact {
  EVENTSTORE_COMMAND(ReachCampaignContact, "reach_contact", (std::string, contact_id),
                     (std::optional<std::string>, conversation_id), (std::optional<std::string>, message_id),
                     (ContactOutcome, outcome), (std::optional<std::int64_t>, duration_seconds),
                     (std::optional<std::int64_t>, attempt), (std::optional<std::int64_t>, talk_seconds));
};

struct RecordContactResult {
  EVENTSTORE_COMMAND(RecordContactResult, "record_result", (std::string, contact_id), (ContactResult, result),
                     (std::optional<double>, value), (std::optional<std::string>, reason));
};

struct PauseCampaign {
  EVENTSTORE_COMMAND(PauseCampaign, "pause", (std::optional<std::string>, reason));
};

struct ResumeCampaign {
  EVENTSTORE_COMMAND(ResumeCampaign, "resume", (std::optional<std::string>, reason));
};

struct CompleteCampaign {
  EVENTSTORE_COMMAND(CompleteCampaign, "complete");
};

struct CancelCampaign {
  EVENTSTORE_COMMAND(CancelCampaign, "cancel", (std::optional<std::string>, reason));
};

struct DeleteCampaign {
  EVENTSTORE_COMMAND(DeleteCampaign, "delete", (std::optional<std::string>, reason));
};

}  // namespace domain
