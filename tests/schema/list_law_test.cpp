// A List is a std::vector, however it is changed, and whatever copies of it are held meanwhile.
#include <eventstore/schema/list.hpp>

#include <catch2/catch.hpp>

#include <ranges>
#include <vector>

#include "schema/random_values.hpp"

namespace list_law_test {

namespace es = eventstore;
using containers::Dice;
using std::string;

static_assert(std::ranges::random_access_range<es::List<int>>);
static_assert(std::is_nothrow_copy_constructible_v<es::List<string>>);
static_assert(std::is_nothrow_move_constructible_v<es::List<string>>);

namespace {

template <class T> struct Pair {
  es::List<T> list{};
  std::vector<T> model{};
};

std::ptrdiff_t distance_of(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

template <class T> void change(Pair<T>& pair, Dice& dice, bool grows) {
  const auto value = containers::value_of<T>(dice.below(10));
  const auto index = dice.below(pair.model.size() + 1);
  const auto place = pair.list.begin() + distance_of(index);
  const auto wanted = pair.model.begin() + distance_of(index);
  const bool is_end = index == pair.model.size();
  switch (dice.below(grows ? 6 : 11)) {
    case 0:
    case 1:
      pair.list.push_back(value);
      pair.model.push_back(value);
      break;
    case 2:
      pair.list.insert(index, value);
      pair.model.insert(wanted, value);
      break;
    case 3:
      RC_ASSERT(*pair.list.insert(place, value) == value);
      pair.model.insert(wanted, value);
      break;
    case 4:
      if (is_end) break;
      pair.list.edit(index) = value;
      pair.model[index] = value;
      break;
    case 5:
      if (is_end) break;
      pair.list.replace(index, value);
      pair.model[index] = value;
      break;
    case 6: {
      const auto end = std::min(pair.model.size(), index + dice.below(40));
      const auto next = pair.list.erase(place, pair.list.begin() + distance_of(end));
      pair.model.erase(wanted, pair.model.begin() + distance_of(end));
      RC_ASSERT(next - pair.list.begin() == distance_of(index));
      break;
    }
    case 7:
      if (pair.model.empty()) break;
      pair.list.pop_back();
      pair.model.pop_back();
      break;
    default:
      if (is_end) break;
      RC_ASSERT(pair.list.erase(place) - pair.list.begin() == distance_of(index));
      pair.model.erase(wanted);
  }
}

template <class T> void check_comparison(const Pair<T>& a, const Pair<T>& b) {
  const auto prefix = static_cast<std::size_t>(
      std::mismatch(a.model.begin(), a.model.end(), b.model.begin(), b.model.end()).first - a.model.begin());
  RC_ASSERT(common_prefix(a.list, b.list) == prefix);
  const auto suffix = static_cast<std::size_t>(
      std::mismatch(a.model.rbegin(), a.model.rend(), b.model.rbegin(), b.model.rend()).first - a.model.rbegin());
  RC_ASSERT(common_suffix(a.list, b.list) == suffix);
  const auto limit = std::min(a.model.size(), b.model.size()) - prefix;
  RC_ASSERT(common_suffix(a.list, b.list, limit) == std::min(suffix, limit));
  RC_ASSERT((a.list == b.list) == (a.model == b.model));
}

template <class T> void check(const Pair<T>& pair) {
  RC_ASSERT(pair.list.size() == pair.model.size());
  RC_ASSERT(std::equal(pair.list.begin(), pair.list.end(), pair.model.begin(), pair.model.end()));
  RC_ASSERT(std::equal(pair.list.rbegin(), pair.list.rend(), pair.model.rbegin(), pair.model.rend()));
  for (std::size_t i = 0; i < pair.model.size(); ++i) RC_ASSERT(pair.list[i] == pair.model[i]);
  if (pair.model.empty()) return;
  RC_ASSERT(pair.list.front() == pair.model.front());
  RC_ASSERT(pair.list.back() == pair.model.back());
}

// Changes one list, and holds copies of it as it was.
template <class T> void behaves_as_the_model(std::size_t changes) {
  Dice dice;
  Pair<T> pair;
  for (auto i = dice.below(2'000); i > 0; --i) {
    pair.model.push_back(containers::value_of<T>(i % 7));
    pair.list.push_back(pair.model.back());
  }
  std::vector<Pair<T>> held(4);
  for (std::size_t i = 0; i < changes; ++i) {
    change(pair, dice, i < changes / 2);
    if (!dice.chance(30)) continue;
    auto& place = held[dice.below(held.size())];
    check_comparison(place, pair);
    if (dice.chance(3)) std::swap(place, pair);
    place = pair;
  }
  check(pair);
  for (const auto& each : held) check(each);
}

}  // namespace

TEST_CASE("a list is what a vector is while its copies stay as they were", "[containers][property]") {
  CHECK(rc::check("numbers", [] { behaves_as_the_model<std::int64_t>(400); }));
  CHECK(rc::check("texts", [] { behaves_as_the_model<string>(400); }));
}

TEST_CASE("a list of values whose moves may throw is what a vector is", "[containers][property]") {
  CHECK(rc::check("fragile", [] { behaves_as_the_model<containers::Fragile>(200); }));
}

TEST_CASE("a list is written as a vector is", "[containers]") {
  es::List<string> words{"one", "two"};
  words.push_back(words[0]);
  words.emplace_back("three");
  CHECK(std::vector<string>(words.begin(), words.end()) == std::vector<string>{"one", "two", "one", "three"});
  const auto before = words;
  CHECK(erase_if(words, [](const string& word) { return word == "one"; }) == 2);
  CHECK(words == es::List<string>{"two", "three"});
  CHECK(before.size() == 4);
  words.edit(1) += "!";
  CHECK(words.back() == "three!");
  CHECK(before.back() == "three");
  const std::vector<string> others{"x", "y", "z"};
  words.assign(others.begin(), others.end());
  CHECK(words == es::List<string>(others.begin(), others.end()));
  CHECK_THROWS_AS(words.at(3), std::out_of_range);
  CHECK(es::List<int>(3, 7) == es::List<int>{7, 7, 7});
}

TEST_CASE("an element of the list itself may be put into it", "[containers]") {
  es::List<string> list;
  std::vector<string> model;
  list.push_back("a text that does not fit into a string");
  model.push_back(list.front());
  for (std::size_t i = 0; i < 300; ++i) {
    list.push_back(list[i / 2]);
    list.emplace_back(list.back());
    list.insert(i / 3, list[i]);
    model.push_back(model[i / 2]);
    model.emplace_back(model.back());
    model.insert(model.begin() + distance_of(i / 3), string{model[i]});
  }
  CHECK(std::equal(list.begin(), list.end(), model.begin(), model.end()));
}

}  // namespace list_law_test
