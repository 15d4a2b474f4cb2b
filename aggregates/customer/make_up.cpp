// Made-up customers, by the rules of decide.
#include <aggregates/common/made_up.hpp>
#include <aggregates/customer/customer.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;

CustomerPreferences wishes(Random& random) {
  CustomerPreferences made{};
  if (random.chance(70)) made.preferred_times.emplace_back("09:00-12:00");
  if (random.chance(50)) made.preferred_times.emplace_back("14:00-17:30");
  for (auto day = Weekday::monday; day <= Weekday::sunday; day = static_cast<Weekday>(static_cast<int>(day) + 1))
    if (random.chance(60)) made.preferred_days.push_back(day);
  made.delivery_instructions = made_up::sometimes(random, 40, "leave it at the door if nobody answers");
  made.contact_method = random.pick({ContactMethod::call, ContactMethod::sms, ContactMethod::both});
  made.language = random.pick<std::string_view>({"en", "pt", "es", "fr", "de", "pt-BR"});
  made.timezone = random.pick<std::string_view>({"Europe/Lisbon", "Europe/Paris", "Europe/Tallinn"});
  return made;
}

CustomerRegistered introduce(Random& random) {
  CustomerRegistered event{};
  event.name = made_up::person_name(random);
  event.phone = made_up::phone(random);
  if (random.chance(70)) event.email = made_up::email(random);
  if (random.chance(80)) event.address = made_up::place(random).address;
  if (random.chance(50)) event.preferences = wishes(random);
  return event;
}

CustomerProfileChanged new_profile(Random& random) {
  CustomerProfileChanged event{};
  if (random.chance(10)) event.name = made_up::person_name(random);
  if (random.chance(40)) event.phone = made_up::phone(random);
  if (random.chance(30)) event.email = made_up::email(random);
  if (random.chance(30) || (!event.name && !event.phone && !event.email))
    event.address = made_up::place(random).address;
  return event;
}

}  // namespace

Customer::Decision Customer::make_up(Random& random, const State& state) {
  if (state.erased_at) return {};
  if (state.phone.empty()) return introduce(random);
  const auto roll = random.below(100);
  if (roll < 25) return new_profile(random);
  if (roll < 60) return CustomerPreferencesChanged{wishes(random)};
  if (roll < 66) return CustomerErased{};
  return {};
}

}  // namespace domain
