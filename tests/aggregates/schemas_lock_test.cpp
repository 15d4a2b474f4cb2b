// What a person would forget: to lock the schemas of today before events are written under them.
#include <aggregates/aggregates.hpp>
#include <eventstore/schema/lock_file.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace domain {

namespace es = eventstore;

TEST_CASE("every schema of today is locked", "[lock]") {
  for (const auto& aggregate : all_aggregates()) {
    const std::string path = std::string{EVENTSTORE_AGGREGATES} + "/" + aggregate.category + "/schemas.lock";
    INFO(path << ": run `eventstore schema lock`, and read what it says has changed");
    std::ifstream file{path};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const auto entries = es::parse_lock(text);
    if (!entries) FAIL(entries.error().message());
    for (const auto* const schema : aggregate.events) {
      CAPTURE(schema->descriptor);
      CHECK(std::any_of(entries->begin(), entries->end(),
                        [&](const auto& entry) { return entry.schema.id == schema->id; }));
    }
  }
}

}  // namespace domain
