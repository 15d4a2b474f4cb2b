#include <aggregates/common/checks.hpp>
#include <aggregates/common/person_checks.hpp>
#include <aggregates/contact/contact.hpp>

namespace domain {
namespace {

using eventstore::Refusal;

std::optional<Refusal> if_deleted(const ContactState& state) {
  if (state.deleted) return wrong_status("deleted", "contact takes no command");
  return std::nullopt;
}

// Of the fields that are there.
std::optional<Refusal> check_details(const ContactDetails& details) {
  if (auto problem = check_texts({{"name", details.name.value_or("none")}})) return problem;
  if (details.phone)
    if (auto problem = check_phone(*details.phone)) return problem;
  if (details.email) return check_email(*details.email);
  return std::nullopt;
}

}  // namespace

Contact::Decision Contact::decide(const State* state, const CreateContact& command) {
  if (state != nullptr && state->created) return already_exists("the contact exists");
  if (state != nullptr)
    if (auto problem = if_deleted(*state)) return *problem;
  if (auto problem = check_details({command.name, command.phone, command.email, command.tags})) return *problem;
  return ContactCreated{command.name, command.phone, command.email, command.channel, command.tags};
}

Contact::Decision Contact::decide(const State& state, const ChangeContact& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (command.details == ContactDetails{})
    return eventstore::refuse("nothing_to_change", "give a name, a phone, an email or tags");
  if (auto problem = check_details(command.details)) return *problem;
  const ContactChanged event{command.details};
  auto after = state;
  evolve(after, event);
  if (after == state) return {};
  return event;
}

Contact::Decision Contact::decide(const State& state, const LinkContactConversation& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (auto problem = check_texts({{"conversation_id", command.conversation_id}})) return *problem;
  if (state.conversation_id == command.conversation_id) return {};
  return ContactConversationLinked{command.conversation_id};
}

Contact::Decision Contact::decide(const State& state, const OptContactOut& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (state.opted_out.contains(command.channel)) return {};
  return ContactOptedOut{command.channel, command.reason};
}

Contact::Decision Contact::decide(const State& state, const OptContactIn& command) {
  if (auto problem = if_deleted(state)) return *problem;
  if (!state.opted_out.contains(command.channel)) return {};
  return ContactOptedIn{command.channel, command.reason};
}

Contact::Decision Contact::decide(const State& state, const DeleteContact& command) {
  if (state.deleted) return {};
  return ContactDeleted{command.reason};
}

}  // namespace domain
