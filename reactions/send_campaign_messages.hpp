#pragma once
// When a campaign is executed, each of its contacts gets its message.
#include <aggregates/campaign/campaign.hpp>
#include <eventstore/projection/reaction_type.hpp>

namespace domain {

/// One message a contact into its conversation; sender_id is the campaign. A conversation that is missing is opened,
/// and one that is closed refuses, which is noted.
struct SendCampaignMessages {
  static constexpr auto name = "send-campaign-messages";
  using reads = eventstore::Reads<Campaign>;
  using ignores =
      eventstore::Ignores<CampaignCreated, CampaignContentChanged, CampaignContactsAdded, CampaignContactsRemoved,
                          CampaignScheduled, CampaignContactReached, CampaignPaused, CampaignResumed, CampaignCompleted,
                          CampaignCancelled, CampaignDeleted, CampaignContactResultRecorded>;
  /// An execution that completed at once was done elsewhere, and contacts with an outcome were tried elsewhere: they
  /// get none. Nor does anybody from a campaign of calls.
  static void react(const CampaignExecuted& event, const eventstore::Change<Campaign>& change,
                    eventstore::Outgoing& to);
};

}  // namespace domain
