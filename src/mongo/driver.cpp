#include "driver.hpp"

namespace eventstore::mongo {
namespace {

struct Driver {
  Driver() {
    mongoc_log_set_handler(nullptr, nullptr);
    mongoc_init();
  }
  ~Driver() { mongoc_cleanup(); }
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;
};

}  // namespace

void start_driver() { static const Driver driver; }

}  // namespace eventstore::mongo
