#pragma once
// What a simulated program may do to its log and its disk: the one place where an action is added.
#include <span>

#include "power_run.hpp"

namespace eventstore::power {

struct Action {
  const char* name;
  unsigned weight;  ///< drawn so often in comparison with the others
  void (*perform)(PowerRun&);
};

std::span<const Action> actions();

}  // namespace eventstore::power
