#pragma once
// Two trees side by side: what they have in common, without a look into nodes that both hold.
#include <array>
#include <eventstore/schema/detail/tree.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

enum class Way : bool { forward, backward };

/// Stands before a node or an element of a tree, and goes around it or into it. Borrows the tree, which stays as it is.
template <class T, Way way = Way::forward> class TreeWalk {
 public:
  explicit TreeWalk(const Tree<T>& tree) : node_{tree.root()}, level_{tree.levels()}, depth_end_{tree.levels()} {}

  [[nodiscard]] bool is_over() const { return node_ == nullptr; }
  [[nodiscard]] bool is_element() const { return is_element_; }
  /// Of two that stand before one node, both may go around it.
  [[nodiscard]] const TreeNode* node() const { return node_; }
  /// More, the larger what it stands before.
  [[nodiscard]] std::size_t height() const { return is_element_ ? 0 : level_ + 1; }
  /// How many elements it goes around.
  [[nodiscard]] std::size_t count() const {
    if (is_element_) return 1;
    return level_ == 0 ? node_->used : static_cast<const TreeInner*>(node_)->count();
  }
  /// The first element, or the only one.
  [[nodiscard]] const T& first() const {
    return is_element_ ? leaf()->entries()[turned(at_, node_->used)] : Tree<T>::first_of(node_, level_);
  }

  void enter() {
    if (level_ == 0) {
      is_element_ = true;
      at_ = 0;
      return;
    }
    const auto* const inner = static_cast<const TreeInner*>(node_);
    above_[level_] = {inner, 0};
    node_ = inner->nodes()[turned(0, inner->used)];
    --level_;
  }
  void pass() {
    if (is_element_) {
      if (++at_ < node_->used) return;
      is_element_ = false;
    }
    for (; level_ < depth_end_; ++level_) {
      auto& [inner, slot] = above_[level_ + 1];
      if (++slot == inner->used) continue;
      node_ = inner->nodes()[turned(slot, inner->used)];
      return;
    }
    node_ = nullptr;
  }

 private:
  struct Above {
    const TreeInner* inner;
    std::size_t slot;
  };
  static std::size_t turned(std::size_t at, std::size_t used) { return way == Way::forward ? at : used - 1 - at; }
  [[nodiscard]] const TreeLeaf<T>* leaf() const { return static_cast<const TreeLeaf<T>*>(node_); }

  const TreeNode* node_;
  std::size_t level_;
  std::size_t depth_end_;
  std::size_t at_ = 0;  // of the element in the leaf
  bool is_element_ = false;
  std::array<Above, tree_levels_max + 1> above_;
};

/// How many elements both have in common at the beginning (or, backward, at the end), at most `limit`.
/// Cost: O(elements compared + nodes in common), and a node in common is one step.
template <Way way, class T, class Equal>
std::size_t common_elements(const Tree<T>& a, const Tree<T>& b, std::size_t limit, Equal& equal) {
  TreeWalk<T, way> left{a};
  TreeWalk<T, way> right{b};
  std::size_t count = 0;
  while (count < limit && !left.is_over() && !right.is_over()) {
    if (left.is_element() && right.is_element()) {
      if (!equal(left.first(), right.first())) return count;
      ++count;
    } else if (left.node() == right.node() && !left.is_element() && !right.is_element()) {
      count += left.count();
    } else {
      const auto heights = std::pair{left.height(), right.height()};
      if (heights.first >= heights.second) left.enter();
      if (heights.second >= heights.first) right.enter();
      continue;
    }
    left.pass();
    right.pass();
  }
  return std::min(count, limit);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
