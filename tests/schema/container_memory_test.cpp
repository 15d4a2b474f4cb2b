// What containers do when there is no memory.
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "failing_memory.hpp"

namespace es = eventstore;
using es::test::has_failed;
using es::test::with_memory_for;
using std::string;

namespace {

using Map = es::Map<std::int64_t>;
using List = es::List<string>;

string key_of(int number) { return "a key that does not fit into a string " + std::to_string(number); }

// Lets each allocation in `change` fail, on a container that is held by a copy and on one that is not.
template <class Container, class Change> void check_unharmed(const Container& start, Change change) {
  const std::vector<typename Container::value_type> before(start.begin(), start.end());
  const auto lasting = GENERATE(false, true);
  for (const bool is_held : {false, true}) {
    int nth = 0;
    for (bool is_done = false; !is_done; ++nth) {
      CAPTURE(is_held, lasting, nth);
      auto container = is_held ? start : Container(start.begin(), start.end());
      is_done = with_memory_for(nth, lasting, [&] {
        try {
          change(container);
          return true;
        } catch (const std::bad_alloc&) {
          return false;
        }
      });
      if (!is_done) REQUIRE(std::equal(container.begin(), container.end(), before.begin(), before.end()));
    }
    if (is_held) CHECK(nth > 1);
    REQUIRE(std::equal(start.begin(), start.end(), before.begin(), before.end()));
  }
}

}  // namespace

TEST_CASE("a map whose memory runs out stays as it was", "[memory]") {
  Map map;
  const auto size = GENERATE(24, 24 * 16, 1'000);
  for (int i = 0; i < size; ++i) map[key_of(i)] = i;
  for (const auto* const key : {"a", "a key that does not fit into a string 2x", "b"})
    check_unharmed(map, [&](Map& all) { all[key] = 7; });
  check_unharmed(map, [](Map& all) { all.insert_or_assign(key_of(5), 7); });
}

TEST_CASE("empty containers and copies take no memory", "[memory]") {
  const Map map{{"one", 1}};
  with_memory_for(0, true, [&] {
    const List empty;
    auto copy = map;
    const auto other = copy;
    copy.clear();
    return empty.empty() && other == map;
  });
  CHECK_FALSE(has_failed());
}

TEST_CASE("a list whose memory runs out stays as it was", "[memory]") {
  List list;
  const auto size = GENERATE(32, 32 * 16, 1'000);
  for (int i = 0; i < size; ++i) list.push_back(key_of(i));
  check_unharmed(list, [](List& all) { all.push_back(key_of(0)); });
  check_unharmed(list, [](List& all) { all.insert(17, key_of(0)); });
  const auto held = list;
  check_unharmed(list, [](List& all) { all.erase(all.begin() + 2, all.begin() + 30); });
}
