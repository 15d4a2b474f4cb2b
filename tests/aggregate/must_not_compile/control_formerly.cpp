// compiles
#include "../trip.hpp"

const eventstore::AggregateType type = eventstore::aggregate<trip::Trip>();
