#pragma once
// What differs between two maps: Map's for_each_difference, over their trees, and the same for a std::map.
#include <eventstore/schema/detail/tree_walk.hpp>
#include <map>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace detail {

// Both walks stand before a node or an entry. One node is passed by. Of two things whose first keys differ, the one
// with the smaller key comes first: all keys in front of the other's are its own. Where first keys are equal, the
// taller one is entered, until entries stand side by side.
template <class Order, class Entry, class Found, class Equal>
void for_each_difference(const Tree<Entry>& before, const Tree<Entry>& after, Found& found, Equal& equal) {
  TreeWalk<Entry> old{before};
  TreeWalk<Entry> now{after};
  while (!old.is_over() || !now.is_over()) {
    if (old.node() == now.node() && !old.is_element() && !now.is_element()) {
      old.pass();
      now.pass();
      continue;
    }
    const int order = old.is_over() ? 1 : now.is_over() ? -1 : Order::of(old.first().first, now.first().first);
    const auto heights = std::pair{order > 0 ? 0 : old.height(), order < 0 ? 0 : now.height()};
    if (heights != std::pair<std::size_t, std::size_t>{0, 0}) {
      if (heights.first >= heights.second) old.enter();
      if (heights.second >= heights.first) now.enter();
      continue;
    }
    const Entry* const was = order > 0 ? nullptr : &old.first();
    const Entry* const is = order < 0 ? nullptr : &now.first();
    if (was == nullptr)
      found(is->first, nullptr, &is->second);
    else if (is == nullptr)
      found(was->first, &was->second, nullptr);
    else if (!equal(was->second, is->second))
      found(was->first, &was->second, &is->second);
    if (order <= 0) old.pass();
    if (order >= 0) now.pass();
  }
}

// Both sides are in the order of their keys: one pass, as in a merge.
template <class K, class V, class Found, class Equal>
void for_each_difference(const std::map<K, V>& before, const std::map<K, V>& after, Found&& found, Equal equal) {
  auto was = before.begin();
  auto is = after.begin();
  while (was != before.end() || is != after.end()) {
    const bool is_removed = is == after.end() || (was != before.end() && was->first < is->first);
    const bool is_added = was == before.end() || (is != after.end() && is->first < was->first);
    if (is_removed || is_added || !equal(was->second, is->second))
      found(is_added ? is->first : was->first, is_added ? nullptr : &was->second, is_removed ? nullptr : &is->second);
    if (!is_added) ++was;
    if (!is_removed) ++is;
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
