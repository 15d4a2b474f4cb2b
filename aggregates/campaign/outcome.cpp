#include <aggregates/campaign/outcome.hpp>

#include <initializer_list>

namespace domain {
namespace {

std::int64_t sum_of(const OutcomeCounts& counts, std::initializer_list<ContactOutcome> outcomes) {
  std::int64_t sum = 0;
  for (const auto outcome : outcomes)
    if (const auto found = counts.find(std::string{to_string(outcome)}); found != counts.end()) sum += found->second;
  return sum;
}

}  // namespace

bool gets_further(const CampaignState& state, const std::string& contact_id, ContactOutcome outcome) {
  const auto contact = state.contacts.find(contact_id);
  if (contact == state.contacts.end() || !contact->second) return true;
  return rank_of(outcome) > rank_of(*contact->second);
}

std::int64_t succeeded_of(const OutcomeCounts& counts) {
  return sum_of(counts, {ContactOutcome::delivered, ContactOutcome::read, ContactOutcome::answered});
}

std::int64_t failed_of(const OutcomeCounts& counts) {
  return sum_of(counts, {ContactOutcome::failed, ContactOutcome::busy, ContactOutcome::no_answer});
}

}  // namespace domain
