// expect first: Opened.colour: a field's type is a number of at most 64 bits, bool, std::string, eventstore::Bytes,
// Uuid, Timestamp or Json
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

enum class Colour { red, green };
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (Colour, colour));
};
