// A change that throws leaves a container as it was.
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>

#include <catch2/catch.hpp>

#include "schema/random_values.hpp"

namespace container_throw_test {

namespace es = eventstore;
using containers::Fragile;
using std::string;

namespace {

template <class Container> struct Content {
  std::vector<typename Container::value_type> elements;
  explicit Content(const Container& container) : elements(container.begin(), container.end()) {}
  bool operator==(const Content&) const = default;
};

// Lets each copy in `change` throw once, on a container that is held by a copy and on one that is not.
template <class Container, class Change> void check_unharmed(const Container& start, Change change) {
  const Content<Container> before{start};
  for (const bool is_held : {false, true}) {
    int failures = 0;
    for (bool has_failed = true; has_failed;) {
      CAPTURE(is_held, failures);
      auto container = is_held ? start : Container(start.begin(), start.end());
      Fragile::copies_left = failures;
      has_failed = false;
      try {
        change(container);
      } catch (const std::runtime_error&) {
        has_failed = true;
      }
      Fragile::copies_left.reset();
      if (!has_failed) break;
      ++failures;
      REQUIRE(Content<Container>{container} == before);
    }
    CHECK(failures > 0);
    REQUIRE(Content<Container>{start} == before);
  }
}

const Fragile fresh{"fresh"};

}  // namespace

TEST_CASE("a change of a list that throws leaves the list as it was", "[containers][errors]") {
  es::List<Fragile> list;
  for (int i = 0; i < 150; ++i) list.emplace_back(std::to_string(i));
  check_unharmed(list, [](auto& all) { all.push_back(fresh); });
  for (const std::size_t at : {std::size_t{0}, std::size_t{70}, std::size_t{149}}) {
    check_unharmed(list, [&](auto& all) { all.insert(at, fresh); });
    check_unharmed(list, [&](auto& all) { all.erase(at); });
    check_unharmed(list, [&](auto& all) { all.replace(at, fresh); });
  }
  check_unharmed(list, [](auto& all) { all.erase(all.begin() + 3, all.begin() + 90); });
  check_unharmed(list, [](auto& all) { erase_if(all, [](const Fragile& one) { return one.text.size() == 2; }); });
}

TEST_CASE("a change of a map that throws leaves the map as it was", "[containers][errors]") {
  es::Map<Fragile> map;
  for (int i = 0; i < 300; ++i) map.try_emplace(std::to_string(i), std::to_string(i));
  for (const auto* const key : {"0", "155x", "99999"}) {
    check_unharmed(map, [&](auto& all) { all.insert_or_assign(key, fresh); });
    check_unharmed(map, [&](auto& all) { all.erase(all.lower_bound("155")); });
  }
  check_unharmed(map, [](auto& all) { all.try_emplace("10x", fresh); });
  check_unharmed(map, [](auto& all) { all["10x"]; });
}

}  // namespace container_throw_test
