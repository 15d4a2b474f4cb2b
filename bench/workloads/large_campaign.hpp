#pragma once
// One large campaign, and the aggregate that folds it as it would be with standard containers.
#include <aggregates/campaign/campaign.hpp>

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace bench {

using CampaignEvent = std::variant<domain::CampaignCreated, domain::CampaignContactsAdded, domain::CampaignExecuted,
                                   domain::CampaignContactReached>;

/// The contacts are added a thousand at a time. Each is reached in the order of the list, receives the message a little
/// out of order, and reads it at any time.
std::vector<CampaignEvent> campaign_events(std::size_t contacts);

using FlatContacts = std::map<std::string, std::optional<domain::ContactOutcome>>;

/// The fields of domain::CampaignState, and its bytes.
struct FlatCampaignState {
  EVENTSTORE_FIELDS(FlatCampaignState, (std::string, campaign_id), (std::string, name),
                    (domain::Channel, channel, domain::Channel::whatsapp), (std::string, content),
                    (domain::CampaignStatus, status, domain::CampaignStatus::draft), (FlatContacts, contacts),
                    (std::int64_t, contacts_count), (domain::OutcomeCounts, counts),
                    (std::optional<eventstore::Timestamp>, scheduled_at),
                    (std::optional<eventstore::Timestamp>, executed_at),
                    (std::optional<eventstore::Timestamp>, completed_at),
                    (std::optional<eventstore::Timestamp>, deleted_at),
                    (std::optional<domain::OutcomeCounts>, early_counts, , eventstore::bookkeeping));
};

/// domain::Campaign for the events above, line by line.
struct FlatCampaign {
  using State = FlatCampaignState;
  static void evolve(State& state, const domain::CampaignCreated& event);
  static void evolve(State& state, const domain::CampaignContactsAdded& event);
  static void evolve(State& state, const domain::CampaignExecuted& event, const eventstore::Metadata& metadata);
  static void evolve(State& state, const domain::CampaignContactReached& event);
};

}  // namespace bench
