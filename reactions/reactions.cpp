#include <reactions/reactions.hpp>

namespace domain {

std::vector<eventstore::ReactionType> all_reactions() {
#define DOMAIN_MAKE_REACTION(name) name##_reaction(),
  return {DOMAIN_REACTIONS(DOMAIN_MAKE_REACTION)};
#undef DOMAIN_MAKE_REACTION
}

}  // namespace domain
