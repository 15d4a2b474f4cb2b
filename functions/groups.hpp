#pragma once
// Groups of functions, without their types. A group is a file that defines <name>_functions(), and one line here
// registers it.
#include <eventstore/app/function.hpp>
#include <vector>

// clang-format off
#define DOMAIN_FUNCTION_GROUPS(group) \
  group(messaging)                    \
  group(whatsapp)                     \
  group(calls)                        \
  group(deliveries)                   \
  group(appointments)                 \
  group(calendar)                     \
  group(collection_stats)
// clang-format on

namespace domain {

#define DOMAIN_DECLARE_FUNCTIONS(name) std::vector<eventstore::Function> name##_functions();
DOMAIN_FUNCTION_GROUPS(DOMAIN_DECLARE_FUNCTIONS)
#undef DOMAIN_DECLARE_FUNCTIONS

}  // namespace domain
