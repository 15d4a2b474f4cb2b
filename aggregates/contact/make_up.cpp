// Made-up contacts, by the rules of decide.
#include <aggregates/common/made_up.hpp>
#include <aggregates/contact/contact.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Json;
using eventstore::Random;
using Decision = Contact::Decision;

Json labels(Random& random) {
  return {std::string{random.pick<std::string_view>({R"(["new"])", R"(["regular"])", R"(["regular","news"])"})}};
}

Channel channel(Random& random) { return random.pick({Channel::whatsapp, Channel::sms, Channel::voice}); }

ContactCreated introduce(Random& random) {
  ContactCreated event{};
  if (random.chance(80)) event.name = made_up::person_name(random);
  event.phone = made_up::phone(random);
  if (random.chance(40)) event.email = made_up::email(random);
  if (random.chance(20)) event.channel = channel(random);
  if (random.chance(50)) event.tags = labels(random);
  return event;
}

ContactChanged change(Random& random) {
  ContactChanged event{};
  if (random.chance(20)) event.details.name = made_up::person_name(random);
  if (random.chance(30)) event.details.phone = made_up::phone(random);
  if (random.chance(30)) event.details.email = made_up::email(random);
  if (random.chance(30) || event.details == ContactDetails{}) event.details.tags = labels(random);
  return event;
}

// In where the contact is out, and out otherwise.
Decision change_of_mind(Random& random, const ContactState& state) {
  const auto chosen = channel(random);
  if (state.opted_out.contains(chosen)) return ContactOptedIn{chosen, made_up::sometimes(random, 50, "asked for it")};
  return ContactOptedOut{chosen, made_up::sometimes(random, 50, "wrote STOP")};
}

}  // namespace

Contact::Decision Contact::make_up(Random& random, const State& state) {
  if (state.deleted) return {};
  if (!state.created) return introduce(random);
  const auto roll = random.below(100);
  if (roll < 20) return change(random);
  if (roll < 45) return ContactConversationLinked{made_up::conversation_id(random)};
  if (roll < 75) return change_of_mind(random, state);
  if (roll < 85) return ContactDeleted{made_up::sometimes(random, 40, "asked to be deleted")};
  return {};
}

}  // namespace domain
