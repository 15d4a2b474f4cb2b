// What differs between two maps, and that what they share is not looked at.
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <tuple>
#include <vector>

#include "schema/random_values.hpp"

namespace map_difference_test {

namespace es = eventstore;
using containers::Dice;
using std::string;

namespace {

using Numbers = es::Map<std::int64_t>;
using Difference = std::tuple<string, std::optional<std::int64_t>, std::optional<std::int64_t>>;

std::vector<Difference> differences(const Numbers& before, const Numbers& after) {
  const auto copy = [](const std::int64_t* value) {
    return value == nullptr ? std::nullopt : std::optional<std::int64_t>{*value};
  };
  std::vector<Difference> found;
  for_each_difference(before, after, [&](const string& key, const std::int64_t* old, const std::int64_t* now) {
    found.emplace_back(key, copy(old), copy(now));
  });
  return found;
}

std::vector<Difference> differences_one_by_one(const Numbers& before, const Numbers& after) {
  std::map<string, std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>> all;
  for (const auto& [key, value] : before) all[key].first = value;
  for (const auto& [key, value] : after) all[key].second = value;
  std::vector<Difference> found;
  for (const auto& [key, values] : all)
    if (values.first != values.second) found.emplace_back(key, values.first, values.second);
  return found;
}

Numbers numbered(std::size_t count) {
  Numbers made;
  for (std::size_t i = 0; i < count; ++i) made[std::to_string(i)] = static_cast<std::int64_t>(i);
  return made;
}

// Compares values, and counts how often.
struct Counting {
  std::size_t* calls;
  template <class T> bool operator()(const T& a, const T& b) const {
    ++*calls;
    return a == b;
  }
};

}  // namespace

TEST_CASE("the differences of two maps are those of all their entries", "[containers][property]") {
  CHECK(rc::check("one from the other", [] {
    Dice dice;
    const auto keys = std::size_t{1} << dice.below(12);
    const auto before = numbered(dice.below(keys));
    auto after = before;
    const auto steps = dice.below(dice.chance(3) ? 3 : 300);
    const auto first = std::to_string(dice.below(keys));
    for (std::size_t i = 0; i < steps; ++i) {
      const auto key = dice.chance(2) ? first + std::to_string(i) : std::to_string(dice.below(keys));
      if (dice.chance(2))
        after[key] = static_cast<std::int64_t>(dice.below(3));
      else
        after.erase(key);
    }
    RC_ASSERT(differences(before, after) == differences_one_by_one(before, after));
    RC_ASSERT(differences(after, before) == differences_one_by_one(after, before));
    RC_ASSERT((before == after) == differences(before, after).empty());
  }));
  CHECK(rc::check("nothing in common", [] {
    Dice dice;
    const auto before = numbered(dice.below(300));
    const auto after = numbered(dice.below(300));
    RC_ASSERT(differences(before, after) == differences_one_by_one(before, after));
  }));
}

TEST_CASE("what two maps share is not looked at", "[containers]") {
  const auto before = numbered(100'000);
  auto after = before;
  after["5"] = 0;
  after.erase("77777");
  after["a new key"] = 1;
  std::size_t calls = 0;
  std::size_t found = 0;
  for_each_difference(
      before, after, [&](const string&, const std::int64_t*, const std::int64_t*) { ++found; }, Counting{&calls});
  CHECK(found == 3);
  CHECK(calls < 200);
}

TEST_CASE("what two lists share is not looked at although places in the middle came and went", "[containers]") {
  es::List<std::int64_t> before;
  for (std::int64_t i = 0; i < 100'000; ++i) before.push_back(i);
  auto after = before;
  after.insert(50'000, -1);
  after.insert(50'100, -1);
  after.erase(49'000);
  std::size_t calls = 0;
  CHECK(common_prefix(before, after, Counting{&calls}) == 49'000);
  CHECK(common_suffix(before, after, 51'000, Counting{&calls}) == 49'901);
  CHECK(calls < 500);
  CHECK(common_suffix(before, after, 10) == 10);
}

}  // namespace map_difference_test
