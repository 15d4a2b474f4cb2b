#include <aggregates/common/made_up.hpp>

#include <string_view>

namespace domain::made_up {
namespace {

struct Town {
  std::string_view name;
  double longitude;
  double latitude;
};

std::string numbered(std::string_view prefix, Random& random, std::int64_t count) {
  return std::string{prefix} + "-" + std::to_string(random.between(1, count));
}

// The key of a stream that was made up before or, where there is none, an id that no stream has.
std::string key_or_number(Random& random, std::string_view category, std::string_view prefix, std::int64_t count) {
  if (auto key = random.key_of(category)) return *std::move(key);
  return numbered(prefix, random, count);
}

std::string_view first_name(Random& random) {
  return random.pick<std::string_view>({"Ana", "Bruno", "Clara", "Diego", "Emma", "Filip", "Greta", "Hugo", "Ines",
                                        "Jonas", "Karin", "Luis", "Marta", "Nils", "Olga", "Pedro"});
}

std::string_view last_name(Random& random) {
  return random.pick<std::string_view>({"Silva", "Moreau", "Jensen", "Peeters", "Garcia", "Tamm", "Gruber", "Costa",
                                        "Martin", "Holm", "Claes", "Navarro"});
}

// Whole ten-thousandths divided once, so that every machine gets the same double.
double near(double degrees, Random& random) {
  return (static_cast<double>(static_cast<std::int64_t>(degrees * 10'000)) +
          static_cast<double>(random.between(-900, 900))) /
         10'000;
}

}  // namespace

std::string agent_id(Random& random) { return key_or_number(random, "agent", "agent", 24); }

std::string contact_id(Random& random) { return key_or_number(random, "contact", "contact", 5'000); }

std::string customer_id(Random& random) { return key_or_number(random, "customer", "customer", 2'000); }

std::string user_id(Random& random) { return key_or_number(random, "user", "user", 40); }

std::string conversation_id(Random& random) { return key_or_number(random, "conversation", "conversation", 5'000); }

std::string person_name(Random& random) {
  const auto first = first_name(random);
  return std::string{first} + ' ' + std::string{last_name(random)};
}

std::string phone(Random& random) {
  const auto country = random.pick<std::string_view>({"351", "34", "33", "32", "45", "43", "372"});
  return '+' + std::string{country} + ' ' + std::to_string(random.between(200'000'000, 999'999'999));
}

std::string email(Random& random) {
  std::string text;
  for (const char c : person_name(random))
    text += c == ' ' ? '.' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text + '.' + std::to_string(random.between(1, 999)) + "@example.org";
}

std::string campaign_id(Random& random) { return key_or_number(random, "campaign", "c", 40); }

Place place(Random& random) {
  const auto town = random.pick<Town>({{"Lisbon", -9.1393, 38.7223},
                                       {"Porto", -8.6291, 41.1579},
                                       {"Sevilla", -5.9845, 37.3891},
                                       {"Lyon", 4.8357, 45.764},
                                       {"Ghent", 3.7174, 51.0543},
                                       {"Aarhus", 10.2039, 56.1629},
                                       {"Graz", 15.4395, 47.0707},
                                       {"Tartu", 26.729, 58.3776}});
  const auto street = random.pick<std::string_view>({"Mill Lane", "Station Road", "Harbour Street", "Church Square",
                                                     "Orchard Way", "Bridge Street", "Market Place", "Garden Row",
                                                     "Old Wharf", "School Hill", "Lime Avenue", "Canal Side"});
  const auto number = random.between(1, 180);
  Place made{std::to_string(number) + " " + std::string{street} + ", " + std::string{town.name}, {}};
  made.coordinates.longitude = near(town.longitude, random);
  made.coordinates.latitude = near(town.latitude, random);
  return made;
}

std::string campaign_name(Random& random) {
  const auto season = random.pick<std::string_view>({"Spring", "Summer", "Autumn", "Winter", "Weekend", "Birthday"});
  const auto kind = random.pick<std::string_view>({"offer", "reminder", "news", "survey", "invitation", "thank-you"});
  return std::string{season} + " " + std::string{kind};
}

std::string campaign_text(Random& random) {
  return std::string{random.pick<std::string_view>(
      {"Twenty percent off everything until Sunday.", "Your appointment is tomorrow. Reply 1 to confirm.",
       "We moved! Visit us in our new shop.", "How did we do? It takes one minute to tell us.",
       "Your order is ready to be picked up.", "New opening hours: from eight to eight, every day.",
       "You are invited to our open day.", "Thank you for ten years. A present waits for you."})};
}

std::string agent_text(Random& random) {
  return std::string{random.pick<std::string_view>(
      {"Hello, how can I help?", "Could you send me the order number, please?", "I am looking into it.",
       "Your parcel left our depot this morning.", "The refund is on its way and takes three days.",
       "I have booked Tuesday at ten for you.", "Is there anything else that I can do?",
       "Sorry for the delay, we will call you back today.", "Here is the invoice that you asked for.",
       "You are welcome. Have a good day!"})};
}

std::string contact_text(Random& random) {
  return std::string{random.pick<std::string_view>(
      {"Hi, where is my order?", "It is number 48213.", "Can I change the address?", "The box arrived damaged.",
       "When do you open on Saturday?", "Please cancel my appointment.", "Thanks, that helped!",
       "Nobody called me back.", "I need help with the invoice.", "Is this still available?", "Yes, please.",
       "No, thank you."})};
}

std::string letters(Random& random, std::size_t count) {
  std::string text;
  while (text.size() < count) text += static_cast<char>('a' + random.below(26));
  return text;
}

std::optional<std::string> sometimes(Random& random, unsigned percent, std::string text) {
  if (!random.chance(percent)) return std::nullopt;
  return text;
}

}  // namespace domain::made_up
