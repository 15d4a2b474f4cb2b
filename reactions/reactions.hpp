#pragma once
// The domain's reactions, without their types: what a program runs.
#include <eventstore/projection/reaction_type.hpp>

#include <vector>

// One line registers a reaction, whose file defines <name>_reaction().
// clang-format off
#define DOMAIN_REACTIONS(reaction) \
  reaction(send_campaign_messages)
// clang-format on

namespace domain {

#define DOMAIN_DECLARE_REACTION(name) eventstore::ReactionType name##_reaction();
DOMAIN_REACTIONS(DOMAIN_DECLARE_REACTION)
#undef DOMAIN_DECLARE_REACTION

/// All of them, in the order in which they are listed to people.
std::vector<eventstore::ReactionType> all_reactions();

}  // namespace domain
