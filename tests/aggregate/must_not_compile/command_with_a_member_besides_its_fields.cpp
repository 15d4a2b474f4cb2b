// expect first: Open has data besides its described fields
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Open {
  EVENTSTORE_COMMAND(Open, (std::optional<std::string>, owner));
  std::optional<std::string> note;
};
