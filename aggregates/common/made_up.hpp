#pragma once
// Plausible names, places and texts for generated histories. The same random choices give the same words.
// A call draws from `random` in a fixed order, so two calls never stand in one expression whose order is open.
#include <aggregates/common/coordinates.hpp>
#include <eventstore/aggregate/random.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace domain::made_up {

using eventstore::Random;

// The ids of others are keys of their streams, in the same organization, where some were made up before.

/// Otherwise "agent-7": one of few, so that the same agents return.
std::string agent_id(Random& random);
/// Otherwise "contact-1041".
std::string contact_id(Random& random);
/// Otherwise "customer-388".
std::string customer_id(Random& random);
/// Otherwise "user-7".
std::string user_id(Random& random);
/// Otherwise "conversation-388".
std::string conversation_id(Random& random);
/// Otherwise "c-12", of a campaign.
std::string campaign_id(Random& random);

/// A first name and a last name.
std::string person_name(Random& random);
/// "+351 912 345 678": in international form.
std::string phone(Random& random);
/// "ana.silva.83@example.org": of a made-up name.
std::string email(Random& random);
struct Place {
  std::string address;
  Coordinates coordinates;
};
/// An address in a town, and a point near that town, to four decimals (about 11 metres).
Place place(Random& random);

std::string campaign_name(Random& random);
std::string campaign_text(Random& random);
/// What an agent writes.
std::string agent_text(Random& random);
/// What a contact writes.
std::string contact_text(Random& random);

/// Small letters, as many as `count`: a token or a hash that opens nothing.
std::string letters(Random& random, std::size_t count);

/// `text` `percent` times in a hundred, otherwise none.
std::optional<std::string> sometimes(Random& random, unsigned percent, std::string text);

}  // namespace domain::made_up
