#include <aggregates/campaign/campaign.hpp>
#include <aggregates/campaign/outcome.hpp>
#include <aggregates/campaign/tries.hpp>
#include <aggregates/common/checks.hpp>

#include <cmath>
#include <initializer_list>
#include <set>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;

// Refuses on a deleted campaign, and on one whose status is none of `allowed`.
std::optional<Refusal> unless(const CampaignState& state, std::initializer_list<CampaignStatus> allowed,
                              std::string_view cannot) {
  if (state.deleted_at) return refuse("deleted", "the campaign is deleted");
  for (const auto status : allowed)
    if (state.status == status) return std::nullopt;
  return wrong_status(to_string(state.status), "campaign cannot " + std::string{cannot});
}

constexpr auto before_execution = {CampaignStatus::draft, CampaignStatus::scheduled};
constexpr auto until_over = {CampaignStatus::draft, CampaignStatus::scheduled, CampaignStatus::executing,
                             CampaignStatus::paused};

std::optional<Refusal> check_ids(const std::vector<std::string>& ids) {
  if (ids.empty()) return refuse("no_contacts", "name at least one contact");
  for (const auto& id : ids)
    if (auto problem = check_texts({{"a contact id", id}})) return problem;
  return std::nullopt;
}

// Each id once, in the given order, and only ids for which `wanted` is true.
template <class Wanted> std::vector<std::string> chosen(const std::vector<std::string>& ids, Wanted wanted) {
  std::vector<std::string> taken;
  std::set<std::string_view> seen;
  for (const auto& id : ids)
    if (wanted(id) && seen.insert(id).second) taken.push_back(id);
  return taken;
}

// Where more contacts were executed than are listed, an id that is not listed is one of the others. Before the
// execution it may yet be listed.
std::optional<Refusal> check_known(const CampaignState& state, const std::string& contact_id) {
  const bool all_listed = state.executed_at && static_cast<std::int64_t>(state.contacts.size()) >= state.contacts_count;
  if (all_listed && !state.contacts.contains(contact_id))
    return refuse("unknown_contact", "the campaign has no contact " + contact_id);
  return std::nullopt;
}

}  // namespace

Campaign::Decision Campaign::decide(const State* state, const CreateCampaign& command, const Context& context) {
  if (state != nullptr && state->deleted_at) return refuse("deleted", "the campaign is deleted");
  if (state != nullptr && !state->name.empty()) return already_exists("the campaign is created already");
  const std::string key{context.stream.key()};
  if (command.campaign_id && *command.campaign_id != key)
    return refuse("wrong_campaign", "campaign_id is the key of the campaign's stream: leave it out or give the same");
  if (auto problem = check_texts({{"name", command.name}, {"content", command.content}})) return *problem;
  return CampaignCreated{key, command.name, command.channel, command.content};
}

Campaign::Decision Campaign::decide(const State& state, const ChangeCampaignContent& command) {
  if (auto problem = unless(state, before_execution, "change its content")) return *problem;
  if (auto problem = check_texts({{"content", command.content}})) return *problem;
  if (command.content == state.content) return {};
  return CampaignContentChanged{command.content};
}

Campaign::Decision Campaign::decide(const State& state, const AddCampaignContacts& command) {
  if (auto problem = unless(state, before_execution, "take more contacts")) return *problem;
  if (auto problem = check_ids(command.contact_ids)) return *problem;
  auto added = chosen(command.contact_ids, [&](const auto& id) { return !state.contacts.contains(id); });
  if (added.empty()) return {};
  return CampaignContactsAdded{std::move(added)};
}

Campaign::Decision Campaign::decide(const State& state, const RemoveCampaignContacts& command) {
  if (auto problem = unless(state, until_over, "lose contacts")) return *problem;
  if (auto problem = check_ids(command.contact_ids)) return *problem;
  auto removed = chosen(command.contact_ids, [&](const auto& id) { return state.contacts.contains(id); });
  if (removed.empty()) return {};
  return CampaignContactsRemoved{std::move(removed)};
}

Campaign::Decision Campaign::decide(const State& state, const ScheduleCampaign& command) {
  if (auto problem = unless(state, before_execution, "be scheduled")) return *problem;
  if (state.status == CampaignStatus::scheduled && state.scheduled_at == command.scheduled_at) return {};
  return CampaignScheduled{command.scheduled_at};
}

Campaign::Decision Campaign::decide(const State& state, const ExecuteCampaign& command, const Context& context) {
  if (auto problem = unless(state, before_execution, "be executed")) return *problem;
  const std::string key{context.stream.key()};
  if (command.campaign_id && *command.campaign_id != key)
    return refuse("wrong_campaign", "campaign_id is the key of the campaign's stream: leave it out or give the same");
  const auto count = command.contacts_count.value_or(state.contacts_count);
  // Outcomes that came before the execution may be of contacts that are kept elsewhere, so they tell no number.
  const bool all_listed = state.contacts_count > 0 && state.counts.empty();
  if (all_listed && count != state.contacts_count)
    return refuse("wrong_count", "the campaign has " + std::to_string(state.contacts_count) +
                                     " contacts: leave contacts_count out or give the same");
  if (count <= 0) return refuse("no_contacts", "a campaign without contacts cannot be executed");
  return CampaignExecuted{key, count, command.status};
}

Campaign::Decision Campaign::decide(const State& state, const ReachCampaignContact& command) {
  if (state.deleted_at) return refuse("deleted", "the campaign is deleted");
  if (auto problem = check_texts({{"contact_id", command.contact_id}})) return *problem;
  if (command.duration_seconds.value_or(0) < 0) return refuse("bad_duration", "duration_seconds may not be negative");
  if (command.talk_seconds.value_or(0) < 0) return refuse("bad_duration", "talk_seconds may not be negative");
  if (command.attempt.value_or(1) < 1) return refuse("bad_attempt", "attempt counts from 1");
  if (command.talk_seconds.value_or(0) > 0 && command.outcome != ContactOutcome::answered)
    return refuse("no_talk", "only a call that was answered has talk_seconds");
  if (auto problem = check_known(state, command.contact_id)) return *problem;
  CampaignContactReached reached{command.contact_id,  command.conversation_id,  command.message_id,
                                 command.outcome,     command.duration_seconds, command.attempt,
                                 command.talk_seconds};
  if (!gets_further(state, command.contact_id, command.outcome) && !tries_gained(state, reached).any()) return {};
  return reached;
}

Campaign::Decision Campaign::decide(const State& state, const RecordContactResult& command) {
  if (state.deleted_at) return refuse("deleted", "the campaign is deleted");
  if (auto problem = check_texts({{"contact_id", command.contact_id}})) return *problem;
  if (command.value && (!std::isfinite(*command.value) || *command.value < 0))
    return refuse("bad_value", "value is a number that is not negative");
  if (command.value && command.result != ContactResult::converted)
    return refuse("bad_value", "only a contact that converted has a value");
  if (auto problem = check_known(state, command.contact_id)) return *problem;
  if (!gets_result(state, command.contact_id, command.result)) return {};
  return CampaignContactResultRecorded{command.contact_id, command.result, command.value, command.reason};
}

Campaign::Decision Campaign::decide(const State& state, const PauseCampaign& command) {
  if (auto problem = unless(state, {CampaignStatus::executing}, "be paused")) return *problem;
  return CampaignPaused{command.reason};
}

Campaign::Decision Campaign::decide(const State& state, const ResumeCampaign& command) {
  if (auto problem = unless(state, {CampaignStatus::paused}, "be resumed")) return *problem;
  return CampaignResumed{command.reason};
}

Campaign::Decision Campaign::decide(const State& state, const CompleteCampaign&) {
  if (auto problem = unless(state, {CampaignStatus::executing, CampaignStatus::paused}, "be completed"))
    return *problem;
  return CampaignCompleted{state.contacts_count, succeeded_of(state.counts), failed_of(state.counts)};
}

Campaign::Decision Campaign::decide(const State& state, const CancelCampaign& command) {
  if (auto problem = unless(state, until_over, "be cancelled")) return *problem;
  return CampaignCancelled{command.reason};
}

Campaign::Decision Campaign::decide(const State& state, const DeleteCampaign& command) {
  if (state.deleted_at) return refuse("deleted", "the campaign is deleted");
  return CampaignDeleted{command.reason};
}

}  // namespace domain
