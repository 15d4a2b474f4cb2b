#pragma once
// The order of outcomes, in which a contact only moves forward.
#include <aggregates/campaign/state.hpp>

namespace domain {

/// sent < no_answer < busy < delivered < failed < read < answered.
/// A try that did not get through says more than having tried, and less than what a later try may bring. A failure is
/// taken after delivered and not after read, as for messages. An answer is the most that a campaign can reach.
constexpr int rank_of(ContactOutcome outcome) {
  switch (outcome) {
    case ContactOutcome::sent: return 0;
    case ContactOutcome::no_answer: return 1;
    case ContactOutcome::busy: return 2;
    case ContactOutcome::delivered: return 3;
    case ContactOutcome::failed: return 4;
    case ContactOutcome::read: return 5;
    case ContactOutcome::answered: return 6;
  }
  return 0;
}

/// Whether `outcome` would change what is known of `contact_id`.
bool gets_further(const CampaignState& state, const std::string& contact_id, ContactOutcome outcome);

/// Contacts that got the message: delivered, read or answered.
std::int64_t succeeded_of(const OutcomeCounts& counts);
/// Contacts that did not: failed, busy or no_answer. Of those merely sent to, neither is known.
std::int64_t failed_of(const OutcomeCounts& counts);

}  // namespace domain
