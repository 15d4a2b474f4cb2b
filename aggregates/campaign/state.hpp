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

/// How long was talked in one of the tries with a contact.
struct TryTalk {
  EVENTSTORE_FIELDS(TryTalk, (std::int64_t, attempt), (std::int64_t, talk_seconds));
};
/// The tries with a contact: the highest number, and the talks of the newest tries that had some.
struct ContactTries {
  EVENTSTORE_FIELDS(ContactTries, (std::int64_t, tries), (std::int64_t, talk_seconds), (std::vector<TryTalk>, talks));
};
using ContactsTries = eventstore::Map<ContactTries>;
/// Contact id -> what came of it.
using ContactResults = eventstore::Map<ContactResult>;
/// Result -> number of contacts; results that no contact has are left out.
using ResultCounts = Counts;

struct CampaignState {
  // campaign_id is here because metrics are tagged with it; deleted_at because nothing may follow a deletion;
  // early_counts has the outcomes that came before the campaign_id was known, and is absent while there are none;
  // early_sums has the tries, the seconds of talk and the results that did. tries, results and their sums are absent
  // while there are none.
  EVENTSTORE_FIELDS(
      CampaignState, (std::string, campaign_id), (std::string, name), (Channel, channel, Channel::whatsapp),
      (std::string, content), (CampaignStatus, status, CampaignStatus::draft), (ContactOutcomes, contacts),
      (std::int64_t, contacts_count), (OutcomeCounts, counts), (std::optional<eventstore::Timestamp>, scheduled_at),
      (std::optional<eventstore::Timestamp>, executed_at), (std::optional<eventstore::Timestamp>, completed_at),
      (std::optional<eventstore::Timestamp>, deleted_at),
      (std::optional<OutcomeCounts>, early_counts, , eventstore::bookkeeping), (std::optional<ContactsTries>, tries),
      (std::optional<std::int64_t>, tries_count), (std::optional<std::int64_t>, talk_seconds),
      (std::optional<ContactResults>, results), (std::optional<ResultCounts>, result_counts),
      (std::optional<Counts>, early_sums, , eventstore::bookkeeping));
};

}  // namespace domain
