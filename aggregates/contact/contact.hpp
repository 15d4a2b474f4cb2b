#pragma once
// A contact: somebody whom campaigns and conversations reach.
//
// Rules that the requirements leave open:
// - the phone is kept in E.164, whatever the event has, and no two contacts of an organization have one phone; a
//   deleted contact has none that others may not have;
// - a contact opts out of a channel, and of the others not; a new contact is in all of them;
// - the newest conversation is the contact's;
// - a command that names what is there already changes nothing;
// - a deleted contact takes no command;
// - history is fact: an opting out that comes before the creation holds, and so does a deletion; a change that comes
//   early waits in the state and counts for more than the creation; a creation that is repeated changes nothing.
#include <aggregates/contact/commands.hpp>
#include <aggregates/contact/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/aggregate/unique.hpp>

namespace domain {

struct Contact : eventstore::DeciderOf<"contact", ContactState,
                                       eventstore::Events<ContactCreated, ContactChanged, ContactConversationLinked,
                                                          ContactOptedOut, ContactOptedIn, ContactDeleted>,
                                       eventstore::Commands<CreateContact, ChangeContact, LinkContactConversation,
                                                            OptContactOut, OptContactIn, DeleteContact>> {
  static constexpr auto collection = "contacts";
  static constexpr auto unique = eventstore::unique<&ContactState::phone>(eventstore::e164);
  static bool is_deleted(const State& state) { return state.deleted; }

  static void evolve(State& state, const ContactCreated& event);
  static void evolve(State& state, const ContactChanged& event);
  static void evolve(State& state, const ContactConversationLinked& event);
  static void evolve(State& state, const ContactOptedOut& event);
  static void evolve(State& state, const ContactOptedIn& event);
  static void evolve(State& state, const ContactDeleted& event);

  static Decision decide(const State* state, const CreateContact& command);
  static Decision decide(const State& state, const ChangeContact& command);
  static Decision decide(const State& state, const LinkContactConversation& command);
  static Decision decide(const State& state, const OptContactOut& command);
  static Decision decide(const State& state, const OptContactIn& command);
  static Decision decide(const State& state, const DeleteContact& command);

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
