// What every engine promises to threads at once: as if each append and read happened at one moment.
#include "laws/linear_workload.hpp"

namespace linear_laws {

using namespace eventstore;
using namespace eventstore::laws;

TEMPLATE_TEST_CASE("appends and reads of many threads are linearizable", "[laws][threads]", LOG_ENGINES) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CAPTURE(seed);
    TestType engine;
    const auto history = run(*engine.log, {.seed = seed, .threads = 8, .operations = 50});
    CHECK(flaw_of(history, final_events(*engine.log)).value_or("") == "");
    CHECK(count_of(history, Operation::Answer::written) > 20);
    CHECK(count_of(history, Operation::Answer::wrong_version) > 20);
  }
}

}  // namespace linear_laws
