// expect first: Opened has data besides its described fields: a member or a base class that would not be stored
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  Opened() = default;
  explicit Opened(std::string its_owner) : owner{std::move(its_owner)} {}
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));

 private:
  std::string note;
};
