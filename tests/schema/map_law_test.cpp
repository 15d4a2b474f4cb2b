// A Map is a std::map, however it is changed, and whatever copies of it are held meanwhile.
#include <eventstore/schema/map.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <ranges>
#include <vector>

#include "schema/random_values.hpp"

namespace map_law_test {

namespace es = eventstore;
using containers::Dice;
using std::string;

static_assert(std::ranges::random_access_range<es::Map<int>>);
static_assert(std::is_nothrow_copy_constructible_v<es::Map<string>>);
static_assert(std::is_nothrow_move_constructible_v<es::Map<string>>);
static_assert(std::is_same_v<es::Map<string, int>, es::Map<int>>);

namespace {

template <class K, class V> struct Pair {
  es::Map<K, V> map{};
  std::map<K, V, std::less<>> model{};
};

template <class K> K key_of(std::size_t number) {
  if constexpr (std::is_same_v<K, string>)
    return number % 3 == 0 ? std::to_string(number) : "key " + std::to_string(number);
  else
    return static_cast<K>(number);
}

template <class K, class V> void erase_somewhere(Pair<K, V>& pair, const K& key) {
  auto place = pair.map.lower_bound(key);
  auto wanted = pair.model.lower_bound(key);
  RC_ASSERT((place == pair.map.end()) == (wanted == pair.model.end()));
  if (wanted == pair.model.end()) return;
  RC_ASSERT(place->first == wanted->first);
  place = pair.map.erase(place);
  wanted = pair.model.erase(wanted);
  RC_ASSERT((place == pair.map.end()) == (wanted == pair.model.end()));
  if (wanted != pair.model.end()) RC_ASSERT(place->first == wanted->first);
}

template <class K, class V> void change(Pair<K, V>& pair, Dice& dice, std::size_t keys, bool grows) {
  const auto key = key_of<K>(dice.below(keys));
  const auto value = containers::value_of<V>(dice.below(1'000));
  switch (dice.below(grows ? 6 : 10)) {
    case 0: pair.map[key] = pair.model[key] = value; break;
    case 1: {
      const auto [place, is_new] = pair.map.try_emplace(key, value);
      const auto [wanted, is_wanted_new] = pair.model.try_emplace(key, value);
      RC_ASSERT(is_new == is_wanted_new);
      RC_ASSERT(place->second == wanted->second);
      RC_ASSERT(place - pair.map.begin() == std::distance(pair.model.begin(), wanted));
      break;
    }
    case 2:
      pair.map.insert_or_assign(key, value);
      pair.model.insert_or_assign(key, value);
      break;
    case 3: RC_ASSERT(pair.map.insert({key, value}).second == pair.model.insert({key, value}).second); break;
    case 4:
      pair.map.append_or_assign(key, value);
      pair.model.insert_or_assign(key, value);
      break;
    case 5: erase_somewhere(pair, key); break;
    default: RC_ASSERT(pair.map.erase(key) == pair.model.erase(key));
  }
}

template <class K, class V> void check(const Pair<K, V>& pair) {
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; };
  RC_ASSERT(pair.map.size() == pair.model.size());
  RC_ASSERT(pair.map.empty() == pair.model.empty());
  RC_ASSERT(std::equal(pair.map.begin(), pair.map.end(), pair.model.begin(), pair.model.end(), same));
  RC_ASSERT(std::equal(pair.map.rbegin(), pair.map.rend(), pair.model.rbegin(), pair.model.rend(), same));
  for (const auto& [key, value] : pair.model) {
    RC_ASSERT(pair.map.at(key) == value);
    RC_ASSERT(pair.map.find(key)->first == key);
  }
  const es::Map<K, V> made(pair.model.begin(), pair.model.end());
  RC_ASSERT(made == pair.map);
}

// Changes one map, and holds copies of it as it was.
template <class K, class V> void behaves_as_the_model(std::size_t changes) {
  Dice dice;
  const std::size_t keys = std::size_t{1} << dice.below(12);
  Pair<K, V> pair;
  std::vector<Pair<K, V>> held(4);
  for (std::size_t i = 0; i < changes; ++i) {
    change(pair, dice, keys, i < changes / 2);
    if (!dice.chance(50)) continue;
    auto& place = held[dice.below(held.size())];
    RC_ASSERT((place.map == pair.map) == (place.model == pair.model));
    if (dice.chance(3)) std::swap(place, pair);
    place = pair;
  }
  check(pair);
  for (const auto& each : held) check(each);
}

}  // namespace

TEST_CASE("a map of texts is what a standard map is while its copies stay as they were", "[containers][property]") {
  CHECK(rc::check("numbers by text", [] { behaves_as_the_model<string, std::int64_t>(600); }));
  CHECK(rc::check("texts by text", [] { behaves_as_the_model<string, string>(600); }));
}

TEST_CASE("a map of values whose moves may throw and a map by numbers are what standard maps are",
          "[containers][property]") {
  CHECK(rc::check("fragile values", [] { behaves_as_the_model<string, containers::Fragile>(500); }));
  CHECK(rc::check("by number", [] { behaves_as_the_model<int, std::uint8_t>(600); }));
}

TEST_CASE("texts have in a map the order that they have in a standard map", "[containers][property]") {
  CHECK(rc::check("any bytes", [] {
    const auto keys = *rc::gen::arbitrary<std::vector<string>>();
    std::vector<string> near;
    for (const auto& key : keys)
      for (const auto* const begin : {"", "a word of the same", "a word of the sane", "\xFF\x80\x01"})
        near.push_back(begin + key);
    es::Map<int> map;
    std::map<string, int> model;
    for (const auto& key : near) RC_ASSERT(++map[key] == ++model[key]);
    RC_ASSERT(std::equal(map.begin(), map.end(), model.begin(), model.end(),
                         [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; }));
  }));
}

TEST_CASE("a map is written as a standard map is", "[containers]") {
  es::Map<int> counts{{"b", 2}, {"a", 1}, {"a", 3}};
  CHECK(counts.at("a") == 1);
  CHECK(counts["c"]++ == 0);
  CHECK(counts.contains(std::string_view{"c"}));
  CHECK(counts.emplace("d", 4).second);
  CHECK(counts.find("e") == counts.end());
  CHECK(counts.upper_bound("a")->first == "b");
  CHECK(std::next(counts.begin(), 2)->second == 1);
  const auto before = counts;
  CHECK(erase_if(counts, [](const auto& entry) { return entry.second % 2 == 0; }) == 2);
  CHECK(counts == es::Map<int>{{"a", 1}, {"c", 1}});
  CHECK(before.size() == 4);
  CHECK_THROWS_AS(counts.at("d"), std::out_of_range);
  counts.clear();
  CHECK(counts.empty());
  CHECK(counts.begin() == counts.end());
}

}  // namespace map_law_test
