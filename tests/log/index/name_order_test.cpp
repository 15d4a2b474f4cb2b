#include "log/containers/name_order.hpp"

#include <rapidcheck.h>

#include <algorithm>

using namespace eventstore;
using namespace eventstore::engine;

TEST_CASE("names come in byte order, however much they have in common") {
  REQUIRE(rc::check([] {
    const auto beginning = *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ab\0\xff", 4}));
    auto names = *rc::gen::container<std::vector<std::string>>(
        rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ab\0\xff", 4})));
    // Enough of them to be sorted by keys, and again by the keys behind.
    for (std::size_t i = 0; i < 60; ++i) names.push_back(beginning + std::string(i % 23, 'a') + std::to_string(i % 7));
    const std::vector<std::string_view> views{names.begin(), names.end()};
    auto sorted = views;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string_view> ordered;
    for (const auto number : name_order(views)) ordered.push_back(views[number]);
    RC_ASSERT(ordered == sorted);
  }));
}
