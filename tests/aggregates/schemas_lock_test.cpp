// What a person would forget: to lock the schemas of today before events are written under them.
#include <aggregates/aggregates.hpp>
#include <eventstore/schema/lock_file.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace domain {

namespace es = eventstore;

TEST_CASE("every schema of today is locked", "[lock]") {
  for (const auto& aggregate : all_aggregates()) {
    const std::string path = std::string{EVENTSTORE_AGGREGATES} + "/" + aggregate.category + "/schemas.lock";
    std::ifstream file{path};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    CHECK(file.is_open());
    if (const auto locked = es::check_all_locked(text, aggregate.events); !locked)
      FAIL_CHECK(path << ": " << locked.error().message());
  }
}

}  // namespace domain
