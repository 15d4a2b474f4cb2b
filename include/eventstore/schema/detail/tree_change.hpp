#pragma once
// How elements come into a Tree and leave it. All that may throw comes first; what links nodes does not throw.
#include <eventstore/schema/detail/tree.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T> T& Tree<T>::insert(Path& path, T&& entry) {
  if (path.leaf == nullptr) {
    auto leaf = Leaf::make(1);
    leaf->add(std::move(entry));
    root_ = path.leaf = leaf.release();
    size_ = 1;
    return *path.leaf->entries();
  }
  if (path.leaf->used == Leaf::places_max) {
    split(path, std::move(entry));
    return path.leaf->entries()[path.at];
  }
  TreeNode*& place = own_above(path);
  auto& leaf = *path.leaf;
  const bool is_own = !leaf.is_shared();
  if (is_own && Leaf::may_move && leaf.used < leaf.capacity) {
    if constexpr (Leaf::may_move) leaf.open(path.at, std::move(entry));
  } else {
    const std::size_t count = leaf.used + 1U;
    auto made = Leaf::make(fitting_places(count, Leaf::places_max));
    made->add_range_with(leaf, is_own, path.at, entry, 0, count);
    replace(place, path, std::move(made));
  }
  count_below(path, 1);
  return path.leaf->entries()[path.at];
}

template <class T> template <class... Arguments> T& Tree<T>::add(Arguments&&... arguments) {
  auto path = find_end();
  if (path.leaf != nullptr && path.leaf->used < path.leaf->capacity) {
    own_above(path);
    if (!path.leaf->is_shared()) {
      T& added = path.leaf->add(std::forward<Arguments>(arguments)...);
      count_below(path, 1);
      return added;
    }
  }
  T entry(std::forward<Arguments>(arguments)...);  // first: the arguments may be of an element
  return insert(path, std::move(entry));
}

// A full leaf becomes two. Behind the last element of all a new leaf begins, so that adding in order leaves full ones.
template <class T> void Tree<T>::split(Path& path, T&& entry) {
  const auto index = index_of(path);
  own_above(path);
  const auto full = make_room(path);
  const bool is_at_end = is_end(path);
  Spares spares;
  for (std::size_t i = 0; i < full; ++i)
    spares[i] = TreeInner::make(is_at_end ? TreeInner::places_max
                                          : fitting_places(TreeInner::places_max / 2 + 1, TreeInner::places_max));
  if (full == levels_) spares[full] = TreeInner::make(2);

  auto& leaf = *path.leaf;
  const std::size_t count = leaf.used + 1U;
  const std::size_t middle = is_at_end ? count - 1 : count / 2;
  auto right = Leaf::make(is_at_end ? Leaf::places_max : fitting_places(count - middle, Leaf::places_max));
  if (is_at_end) {
    right->add(std::move(entry));
  } else {
    auto left = Leaf::make(fitting_places(middle, Leaf::places_max));
    const bool is_own = !leaf.is_shared();
    left->add_range_with(leaf, is_own, path.at, entry, 0, middle);
    right->add_range_with(leaf, is_own, path.at, entry, middle, count);
    TreeNode*& place = levels_ == 0 ? root_ : path.inner[1]->nodes()[path.slot[1]];
    replace(place, path, std::move(left));
  }
  count_below(path, 1);
  const std::size_t right_count = right->used;
  add_behind(path, right.release(), right_count, is_at_end, spares);
  path = find(index);
}

// Sees to it that the lowest node that is not full has room for one more. The result: how many full ones are below.
template <class T> std::size_t Tree<T>::make_room(Path& path) {
  std::size_t level = 1;
  while (level <= levels_ && path.inner[level]->used == TreeInner::places_max) ++level;
  if (level > levels_ || path.inner[level]->used < path.inner[level]->capacity) return level - 1;
  auto* const small = path.inner[level];
  auto large = small->again(fitting_places(small->used + 1U, TreeInner::places_max), false);
  (level == levels_ ? root_ : path.inner[level + 1]->nodes()[path.slot[level + 1]]) = large.get();
  path.inner[level] = large.release();
  small->free();
  return level - 1;
}

// Hangs `added` up behind the node to which the path leads; its elements were counted for that node.
template <class T>
void Tree<T>::add_behind(Path& path, TreeNode* added, std::size_t count, bool is_end, Spares& spares) noexcept {
  std::size_t level = 1;
  for (; level <= levels_; ++level) {
    auto& inner = *path.inner[level];
    const auto slot = path.slot[level] + 1;
    if (inner.used < inner.capacity) return inner.insert(slot, added, count);
    auto* const right = spares[level - 1].release();
    if (is_end) {
      right->nodes()[0] = added;
      right->ends()[0] = count;
      right->used = 1;
      inner.ends()[inner.used - 1U] -= count;
    } else {
      const std::size_t middle = inner.used / 2U;
      right->append(inner, middle, inner.used);
      inner.used = static_cast<std::uint16_t>(middle);
      // Behind the last node of the left half is in the left half: the elements were counted there.
      if (slot > middle)
        right->insert(slot - middle, added, count);
      else
        inner.insert(slot, added, count);
    }
    added = right;
    count = right->count();
  }
  auto* const root = spares[levels_].release();
  root->nodes()[0] = root_;
  root->nodes()[1] = added;
  root->ends()[0] = size_ - count;
  root->ends()[1] = size_;
  root->used = 2;
  root_ = root;
  ++levels_;
}

template <class T> void Tree<T>::erase(Path& path) {
  TreeNode*& place = own_above(path);
  if (path.leaf->used == 1) return drop_leaf(path);
  if (Leaf::may_move && !path.leaf->is_shared()) {
    if constexpr (Leaf::may_move) path.leaf->close(path.at);
  } else {
    replace(place, path, path.leaf->without(path.at));
  }
  count_below(path, static_cast<std::size_t>(-1));
  merge_leaf(path);
}

template <class T> void Tree<T>::drop_leaf(Path& path) noexcept {
  count_below(path, static_cast<std::size_t>(-1));
  let_go(path.leaf, 0);
  for (std::size_t level = 1; level <= levels_; ++level) {
    path.inner[level]->remove(path.slot[level]);
    if (path.inner[level]->used > 0) return merge_above(path, level);
    path.inner[level]->free();
  }
  root_ = nullptr;
  levels_ = 0;
}

// The left one of `slot` and a neighbour that fit into one node together; `slots` if there is none.
template <class Used>
std::size_t left_of_pair(std::size_t slot, std::size_t slots, std::size_t most, Used used) noexcept {
  if (slot > 0 && used(slot - 1) + used(slot) <= most) return slot - 1;
  if (slot + 1 < slots && used(slot) + used(slot + 1) <= most) return slot;
  return slots;
}

// A leaf that is nearly empty joins a neighbour. It may stay, too: where memory is short or a copy throws.
template <class T> void Tree<T>::merge_leaf(Path& path) noexcept {
  if (levels_ == 0 || path.leaf->used > Leaf::places_max / 4) return;
  auto& parent = *path.inner[1];
  const auto slot = left_of_pair(path.slot[1], parent.used, Leaf::places_max,
                                 [&](std::size_t of) -> std::size_t { return parent.nodes()[of]->used; });
  if (slot == parent.used) return;
  auto& left = static_cast<Leaf&>(*parent.nodes()[slot]);
  auto& right = static_cast<Leaf&>(*parent.nodes()[slot + 1]);
  try {
    const bool may_take = !left.is_shared() && !right.is_shared();
    auto both = Leaf::make(fitting_places(std::size_t{left.used} + right.used, Leaf::places_max));
    both->add_range(left, may_take, 0, left.used);
    both->add_range(right, may_take, 0, right.used);
    parent.nodes()[slot] = both.release();
  } catch (...) {
    return;
  }
  let_go(&left, 0);
  let_go(&right, 0);
  parent.remove(slot + 1);
  merge_above(path, 1);
}

// The node at `level` has lost a node below: the same for it, and so on.
template <class T> void Tree<T>::merge_above(Path& path, std::size_t level) noexcept {
  for (; level < levels_; ++level) {
    if (path.inner[level]->used > TreeInner::places_max / 4) return;
    auto& parent = *path.inner[level + 1];
    const auto slot = left_of_pair(path.slot[level + 1], parent.used, TreeInner::places_max,
                                   [&](std::size_t of) -> std::size_t { return parent.nodes()[of]->used; });
    if (slot == parent.used) return;
    auto& left = static_cast<TreeInner&>(*parent.nodes()[slot]);
    auto& right = static_cast<TreeInner&>(*parent.nodes()[slot + 1]);
    TreeInner* both = nullptr;
    try {
      both = TreeInner::make(fitting_places(std::size_t{left.used} + right.used, TreeInner::places_max)).release();
    } catch (...) {
      return;
    }
    both->append(left, 0, left.used);
    both->append(right, 0, right.used);
    for (std::size_t i = 0; i < both->used; ++i) both->nodes()[i]->hold();
    parent.nodes()[slot] = both;
    let_go(&left, level);
    let_go(&right, level);
    parent.remove(slot + 1);
  }
  lower_root();
}

template <class T> void Tree<T>::lower_root() noexcept {
  while (levels_ > 0 && root_->used == 1) {
    auto* const root = root_;
    root_ = static_cast<TreeInner*>(root)->nodes()[0];
    root_->hold();
    let_go(root, levels_--);
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
