// expect first: Opened.owners: the default {} would be one empty element: write the whole value, Names{}
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

using Names = std::vector<std::string>;
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (Names, owners, {}));
};

const es::Schema& schema = es::schema_of<Opened>();
