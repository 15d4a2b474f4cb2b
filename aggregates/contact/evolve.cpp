// Any history is fact: nothing here checks a transition.
#include <aggregates/common/person_forms.hpp>
#include <aggregates/contact/contact.hpp>

namespace domain {
namespace {

// `To` is a state, or what waits for the creation.
template <class To> void take_details(To& to, const ContactDetails& details) {
  if (details.name) to.name = details.name;
  if (details.phone) to.phone = phone_form(*details.phone);
  if (details.email) to.email = details.email;
  if (details.tags) to.tags = details.tags;
}

}  // namespace

void Contact::evolve(State& state, const ContactCreated& event) {
  if (state.created) return;
  state.created = true;
  state.name = event.name;
  state.phone = phone_form(event.phone);
  state.email = event.email;
  state.channel = event.channel;
  state.tags = event.tags;
  if (!state.early) return;
  take_details(state, *state.early);
  state.early.reset();
}

void Contact::evolve(State& state, const ContactChanged& event) {
  if (state.created) return take_details(state, event.details);
  if (!state.early) state.early.emplace();
  take_details(*state.early, event.details);
}

void Contact::evolve(State& state, const ContactConversationLinked& event) {
  state.conversation_id = event.conversation_id;
}

void Contact::evolve(State& state, const ContactOptedOut& event) { state.opted_out.insert(event.channel); }

void Contact::evolve(State& state, const ContactOptedIn& event) { state.opted_out.erase(event.channel); }

void Contact::evolve(State& state, const ContactDeleted&) { state.deleted = true; }

}  // namespace domain
