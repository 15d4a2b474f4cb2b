#pragma once
// The domain's reactions, without their types: what a program runs.
#include <eventstore/projection/reaction_type.hpp>

#include <vector>

namespace domain {

/// One line registers a reaction.
std::vector<eventstore::ReactionType> all_reactions();

}  // namespace domain
