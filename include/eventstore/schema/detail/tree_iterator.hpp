#pragma once
// Where an element of a Map or a List stands, and the way to the others.
#include <compare>
#include <eventstore/schema/detail/tree_inner.hpp>
#include <eventstore/schema/detail/tree_leaf.hpp>
#include <iterator>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T> class Tree;

/// Random access; elements are const. Valid until its container changes or is destroyed; a moved or swapped container
/// takes its iterators along. Cost: a step is O(1), and a jump O(log n).
template <class T> class TreeIterator {
 public:
  using iterator_category = std::random_access_iterator_tag;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = const T*;
  using reference = const T&;

  TreeIterator() = default;

  reference operator*() const { return *at_; }
  pointer operator->() const { return at_; }
  reference operator[](difference_type distance) const { return *(*this + distance); }

  TreeIterator& operator++() {
    if (++at_ == leaf_end_) [[unlikely]]
      next_leaf();
    return *this;
  }
  TreeIterator& operator--() {
    if (at_ == nullptr || at_ == leaf()->entries())
      seek(index() - 1);
    else
      --at_;
    return *this;
  }
  TreeIterator& operator+=(difference_type distance) {
    if (distance >= 0 && distance < leaf_end_ - at_)
      at_ += distance;
    else if (distance != 0)
      seek(index() + static_cast<std::size_t>(distance));
    return *this;
  }
  TreeIterator& operator-=(difference_type distance) { return *this += -distance; }
  TreeIterator operator++(int) {
    auto before = *this;
    ++*this;
    return before;
  }
  TreeIterator operator--(int) {
    auto before = *this;
    --*this;
    return before;
  }
  friend TreeIterator operator+(TreeIterator from, difference_type distance) { return from += distance; }
  friend TreeIterator operator+(difference_type distance, TreeIterator from) { return from += distance; }
  friend TreeIterator operator-(TreeIterator from, difference_type distance) { return from -= distance; }
  friend difference_type operator-(const TreeIterator& a, const TreeIterator& b) {
    return static_cast<difference_type>(a.index() - b.index());
  }
  friend bool operator==(const TreeIterator& a, const TreeIterator& b) { return a.at_ == b.at_; }
  friend std::strong_ordering operator<=>(const TreeIterator& a, const TreeIterator& b) {
    return a.index() <=> b.index();
  }

 private:
  friend class Tree<T>;

  // The end, until seek is called.
  TreeIterator(const TreeNode* root, std::size_t levels, std::size_t count)
      : leaf_last_{count}, root_{root}, count_{count}, levels_{static_cast<std::uint32_t>(levels)} {}

  [[nodiscard]] std::size_t index() const { return leaf_last_ - static_cast<std::size_t>(leaf_end_ - at_); }
  [[nodiscard]] const TreeLeaf<T>* leaf() const {
    return static_cast<const TreeLeaf<T>*>(parent_ == nullptr ? root_ : parent_->nodes()[slot_]);
  }

  void seek(std::size_t index) {
    if (index >= count_) return become_end();
    const TreeNode* node = root_;
    auto rest = index;
    for (auto level = levels_; level > 0; --level) {
      parent_ = static_cast<const TreeInner*>(node);
      const auto slot = parent_->slot_of(rest);
      rest -= parent_->begin_of(slot);
      slot_ = static_cast<std::uint32_t>(slot);
      node = parent_->nodes()[slot];
    }
    stand_in(static_cast<const TreeLeaf<T>*>(node), rest, index - rest);
  }
  void stand_in(const TreeLeaf<T>* leaf, std::size_t place, std::size_t begin) {
    at_ = leaf->entries() + place;
    leaf_end_ = leaf->entries() + leaf->used;
    leaf_last_ = begin + leaf->used;
  }
  void become_end() {
    at_ = leaf_end_ = nullptr;
    leaf_last_ = count_;
  }
  void next_leaf() {
    if (parent_ == nullptr || slot_ + 1 == parent_->used) return seek(leaf_last_);
    ++slot_;
    stand_in(leaf(), 0, leaf_last_);
    if (slot_ + 1 < parent_->used) __builtin_prefetch(parent_->nodes()[slot_ + 1]);
  }

  const T* at_ = nullptr;        // null at the end
  const T* leaf_end_ = nullptr;  // of the leaf in which at_ stands
  std::size_t leaf_last_ = 0;    // the index of leaf_end_
  const TreeNode* root_ = nullptr;
  const TreeInner* parent_ = nullptr;  // of the leaf; null if the leaf is the root
  std::size_t count_ = 0;
  std::uint32_t slot_ = 0;  // of the leaf in parent_
  std::uint32_t levels_ = 0;
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
