// The examples of docs/guide/predicates.md are predicates.
#include <aggregates/aggregates.hpp>
#include <catch2/catch.hpp>
#include <eventstore/history/predicate.hpp>

#include <fstream>
#include <string>

namespace predicates_page_test {

namespace es = eventstore;

TEST_CASE("every example of the page on predicates can be parsed", "[predicate]") {
  std::ifstream page{EVENTSTORE_PREDICATES_PAGE};
  const auto types = domain::all_aggregates();
  const es::AggregateType* type = nullptr;
  int examples = 0;
  for (std::string line; std::getline(page, line);) {
    const std::string fence = "```predicate ";
    if (line.starts_with("```")) {
      type = nullptr;
      for (const auto& each : types)
        if (line == fence + each.category) type = &each;
    } else if (type != nullptr) {
      INFO(line);
      const auto parsed = es::Predicate::parse(line, *type);
      if (!parsed) FAIL_CHECK(parsed.error().message());
      ++examples;
    }
  }
  CHECK(examples >= 15);
}

}  // namespace predicates_page_test
