#include <aggregates/aggregates.hpp>
#include <aggregates/user/user.hpp>
#include <source_hash/user.hpp>

namespace domain {

eventstore::AggregateType user_type() { return eventstore::aggregate<User>(source_hash::user); }

}  // namespace domain
