#pragma once
// What is known about a campaign after its events.
#include <aggregates/campaign/events.hpp>
#include <aggregates/common/counts.hpp>
#include <eventstore/schema/map.hpp>

namespace domain {

EVENTSTORE_ENUM(CampaignStatus, draft, scheduled, executing, paused, completed, cancelled);

/// Contact id -> the furthest outcome; none while the contact has not been tried.
using ContactOutcomes = eventstore::Map<std::optional<ContactOutcome>>;
/// Outcome -> number of contacts; outcomes that no contact has are left out.
using OutcomeCounts = Counts;

struct CampaignState {
  // campaign_id is here because metrics are tagged with it; deleted_at because nothing may follow a deletion;
  // early_counts has the outcomes that came before the campaign_id was known, and is absent while there are none.
  EVENTSTORE_FIELDS(CampaignState, (std::string, campaign_id), (std::string, name),
                    (Channel, channel, Channel::whatsapp), (std::string, content),
                    (CampaignStatus, status, CampaignStatus::draft), (ContactOutcomes, contacts),
                    (std::int64_t, contacts_count), (OutcomeCounts, counts),
                    (std::optional<eventstore::Timestamp>, scheduled_at),
                    (std::optional<eventstore::Timestamp>, executed_at),
                    (std::optional<eventstore::Timestamp>, completed_at),
                    (std::optional<eventstore::Timestamp>, deleted_at),
                    (std::optional<OutcomeCounts>, early_counts, , eventstore::bookkeeping));
};

}  // namespace domain
