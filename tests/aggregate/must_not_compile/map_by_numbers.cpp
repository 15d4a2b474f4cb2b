// expect first: Opened.counts: a field's type is a number of at most 64 bits, bool, std::string, eventstore::Bytes,
// Uuid, Timestamp or Json
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

using Counts = std::map<int, std::string>;
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (Counts, counts));
};
