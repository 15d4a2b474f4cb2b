// expect first: Colour has an enumerator with a number: write its name alone, because names are stored
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

EVENTSTORE_ENUM(Colour, red = 1, green = 2);
