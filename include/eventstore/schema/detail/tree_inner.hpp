#pragma once
// The nodes above the leaves: which nodes stand below, and how many elements they have together.
#include <algorithm>
#include <eventstore/schema/detail/tree_node.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

/// Behind its beginning stand `capacity` nodes and as many ends. The end of a node is the number of elements in it and
/// in the nodes before it: so an element is found by its index, and an index by its place.
struct TreeInner : TreeNode {
  using TreeNode::TreeNode;
  static constexpr std::size_t places_max = 16;

  struct Discard {
    void operator()(TreeInner* inner) const noexcept { inner->free(); }
  };
  using Owned = std::unique_ptr<TreeInner, Discard>;

  /// Throws std::bad_alloc.
  static Owned make(std::size_t places) {
    void* const memory = ::operator new(sizeof(TreeInner) + places * (sizeof(TreeNode*) + sizeof(std::size_t)));
    return Owned{::new (memory) TreeInner{places}};
  }
  /// Frees the memory alone; the nodes below keep their holders.
  void free() noexcept { ::operator delete(this); }

  [[nodiscard]] TreeNode** nodes() noexcept { return reinterpret_cast<TreeNode**>(this + 1); }
  [[nodiscard]] TreeNode* const* nodes() const noexcept { return reinterpret_cast<TreeNode* const*>(this + 1); }
  [[nodiscard]] std::size_t* ends() noexcept { return reinterpret_cast<std::size_t*>(nodes() + capacity); }
  [[nodiscard]] const std::size_t* ends() const noexcept {
    return reinterpret_cast<const std::size_t*>(nodes() + capacity);
  }
  [[nodiscard]] std::size_t begin_of(std::size_t slot) const noexcept { return slot == 0 ? 0 : ends()[slot - 1]; }
  [[nodiscard]] std::size_t count() const noexcept { return ends()[used - 1U]; }
  /// The slot of the element `index`; the last one for count().
  [[nodiscard]] std::size_t slot_of(std::size_t index) const noexcept {
    const auto found = std::upper_bound(ends(), ends() + used - 1, index);
    return static_cast<std::size_t>(found - ends());
  }

  /// A node with the same content for `places`; the nodes below have one holder more if `is_copy`, and else move.
  [[nodiscard]] Owned again(std::size_t places, bool is_copy) const {
    auto made = make(places);
    std::copy_n(nodes(), used, made->nodes());
    std::copy_n(ends(), used, made->ends());
    made->used = used;
    if (is_copy)
      for (std::size_t i = 0; i < used; ++i) nodes()[i]->hold();
    return made;
  }
  /// One element more, or with -1 less, below `slot`.
  void add_below(std::size_t slot, std::size_t change) noexcept {
    auto* const all = ends();
    for (std::size_t i = slot; i < used; ++i) all[i] += change;
  }
  /// Adds `node`, whose `count` elements were the last of the node before. There is room.
  void insert(std::size_t slot, TreeNode* node, std::size_t count) noexcept {
    std::copy_backward(nodes() + slot, nodes() + used, nodes() + used + 1);
    std::copy_backward(ends() + slot, ends() + used, ends() + used + 1);
    nodes()[slot] = node;
    ends()[slot] = ends()[slot - 1];
    ends()[slot - 1] -= count;
    ++used;
  }
  /// Takes out the node at `slot`, whose elements count for the node before from now on.
  void remove(std::size_t slot) noexcept {
    std::copy(nodes() + slot + 1, nodes() + used, nodes() + slot);
    // Of the end at `slot` and the one before, the larger stays.
    const auto at = slot == 0 ? 0 : slot - 1;
    std::copy(ends() + at + 1, ends() + used, ends() + at);
    --used;
  }
  /// Adds those of the nodes from `slot` on of `from` that are up to `until`.
  void append(const TreeInner& from, std::size_t slot, std::size_t until) noexcept {
    const auto before = used == 0 ? 0 : count();
    const auto begin = from.begin_of(slot);
    for (; slot < until; ++slot, ++used) {
      nodes()[used] = from.nodes()[slot];
      ends()[used] = before + from.ends()[slot] - begin;
    }
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
