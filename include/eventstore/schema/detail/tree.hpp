#pragma once
// The tree below Map and List: elements in order, in leaves; copies share nodes, and a change copies only the nodes on
// its way that another holder has. docs/adr/0025-states-that-share-structure.md says why it is as it is.
#include <array>
#include <eventstore/schema/detail/tree_iterator.hpp>

namespace eventstore {
inline namespace v1 {
namespace detail {

/// Where an element stands or will stand: the nodes on the way down. Of level 1 are the parents of leaves.
template <class T> struct TreePath {
  TreeLeaf<T>* leaf = nullptr;  ///< null in an empty tree
  std::size_t at = 0;           ///< in the leaf
  std::array<TreeInner*, tree_levels_max + 1> inner;
  std::array<std::size_t, tree_levels_max + 1> slot;
};

/// Threads: as of a std::shared_ptr. Each change throws std::bad_alloc or what copies of T throw, and then nothing has
/// changed. A path is good until the next change of the tree or of a copy, but for the change that it was given to.
template <class T> class Tree {
 public:
  using Leaf = TreeLeaf<T>;
  using Path = TreePath<T>;
  using Iterator = TreeIterator<T>;
  struct Found {
    Path path;
    bool is_there = false;
  };

  Tree() = default;
  Tree(const Tree& other) noexcept : root_{other.root_}, size_{other.size_}, levels_{other.levels_} {
    if (root_ != nullptr) root_->hold();
  }
  Tree(Tree&& other) noexcept { swap(other); }
  Tree& operator=(const Tree& other) noexcept {
    Tree{other}.swap(*this);
    return *this;
  }
  Tree& operator=(Tree&& other) noexcept {
    Tree{std::move(other)}.swap(*this);
    return *this;
  }
  ~Tree() {
    if (root_ != nullptr) let_go(root_, levels_);
  }
  void swap(Tree& other) noexcept {
    std::swap(root_, other.root_);
    std::swap(size_, other.size_);
    std::swap(levels_, other.levels_);
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t levels() const { return levels_; }
  [[nodiscard]] const TreeNode* root() const { return root_; }

  [[nodiscard]] Iterator begin() const { return iterator_at(0); }
  [[nodiscard]] Iterator end() const { return Iterator{root_, levels_, size_}; }
  [[nodiscard]] Iterator iterator_at(std::size_t index) const {
    auto found = end();
    found.seek(index);
    return found;
  }
  [[nodiscard]] Iterator iterator_at(const Path& path) const {
    auto found = end();
    if (path.leaf == nullptr) return found;
    const auto index = index_of(path);
    if (path.at == path.leaf->used) {
      found.seek(index);
    } else {
      if (levels_ > 0) found.parent_ = path.inner[1];
      if (levels_ > 0) found.slot_ = static_cast<std::uint32_t>(path.slot[1]);
      found.stand_in(path.leaf, path.at, index - path.at);
    }
    return found;
  }

  [[nodiscard]] const T& at(std::size_t index) const {
    const TreeNode* node = root_;
    for (std::size_t level = levels_; level > 0; --level) {
      const auto* inner = static_cast<const TreeInner*>(node);
      const auto slot = inner->slot_of(index);
      index -= inner->begin_of(slot);
      node = inner->nodes()[slot];
    }
    return static_cast<const Leaf*>(node)->entries()[index];
  }
  [[nodiscard]] const T& first() const {
    const TreeNode* node = root_;
    for (std::size_t level = levels_; level > 0; --level) node = static_cast<const TreeInner*>(node)->nodes()[0];
    return *static_cast<const Leaf*>(node)->entries();
  }
  [[nodiscard]] const T& last() const {
    const TreeNode* node = root_;
    for (std::size_t level = levels_; level > 0; --level) {
      const auto* inner = static_cast<const TreeInner*>(node);
      node = inner->nodes()[inner->used - 1U];
    }
    const auto* leaf = static_cast<const Leaf*>(node);
    return leaf->entries()[leaf->used - 1U];
  }

  /// The path of the element `index`; of size() where the next one would stand.
  [[nodiscard]] Path find(std::size_t index) const {
    Path path;
    if (root_ == nullptr) return path;
    TreeNode* node = root_;
    for (std::size_t level = levels_; level > 0; --level) {
      auto* const inner = static_cast<TreeInner*>(node);
      const auto slot = inner->slot_of(index);
      index -= inner->begin_of(slot);
      path.inner[level] = inner;
      path.slot[level] = slot;
      node = inner->nodes()[slot];
    }
    path.leaf = static_cast<Leaf*>(node);
    path.at = index;
    return path;
  }
  /// The path of size().
  [[nodiscard]] Path find_end() const {
    Path path;
    if (root_ == nullptr) return path;
    TreeNode* node = root_;
    for (std::size_t level = levels_; level > 0; --level) {
      auto* const inner = static_cast<TreeInner*>(node);
      path.inner[level] = inner;
      path.slot[level] = inner->used - 1U;
      node = inner->nodes()[path.slot[level]];
    }
    path.leaf = static_cast<Leaf*>(node);
    path.at = node->used;
    return path;
  }
  /// The path of the element for which `order(element)` is 0, in a tree that is in this order: less than 0 for elements
  /// before it, more for those behind it. Where there is none, the path of the place at which it would stand.
  template <class Order> [[nodiscard]] Found find_ordered(Order order) const {
    Found found;
    auto& [path, is_there] = found;
    if (root_ == nullptr) return found;
    TreeNode* node = root_;
    for (std::size_t level = levels_; level > 0; --level) {
      auto* const inner = static_cast<TreeInner*>(node);
      // The last node whose first element is not behind the place.
      std::size_t slot = 0;
      for (std::size_t size = inner->used; size > 1;) {
        const auto half = size / 2;
        if (order(first_of(inner->nodes()[slot + half], level - 1)) <= 0) slot += half;
        size -= half;
      }
      path.inner[level] = inner;
      path.slot[level] = slot;
      node = inner->nodes()[slot];
    }
    path.leaf = static_cast<Leaf*>(node);
    const T* const entries = path.leaf->entries();
    std::size_t begin = 0;
    for (std::size_t end = path.leaf->used; begin < end;) {
      const auto middle = (begin + end) / 2;
      const auto side = order(entries[middle]);
      if (side == 0) {
        begin = middle;
        is_there = true;
        break;
      }
      if (side < 0)
        begin = middle + 1;
      else
        end = middle;
    }
    path.at = begin;
    return found;
  }
  [[nodiscard]] static const T& first_of(const TreeNode* node, std::size_t level) {
    for (; level > 0; --level) node = static_cast<const TreeInner*>(node)->nodes()[0];
    return *static_cast<const Leaf*>(node)->entries();
  }

  /// The element at the path, to be changed; it is then in no copy. Cost: O(log n), with copies of shared nodes.
  T& edit(Path& path) {
    TreeNode*& place = own_above(path);
    if (path.leaf->is_shared()) replace(place, path, path.leaf->again(false, path.leaf->used));
    return path.leaf->entries()[path.at];
  }
  /// Puts `entry` where the path says; it then leads to it. Cost: O(log n), with copies of shared nodes.
  T& insert(Path& path, T&& entry);
  /// Adds an element behind all others, made in its place.
  template <class... Arguments> T& add(Arguments&&... arguments);
  /// Takes out the element at the path. Cost: O(log n), with copies of shared nodes.
  void erase(Path& path);

 private:
  using Spares = std::array<typename TreeInner::Owned, tree_levels_max + 1>;

  static void let_go(TreeNode* node, std::size_t level) noexcept {
    if (!node->let_go()) return;
    if (level == 0) return static_cast<Leaf*>(node)->destroy();
    auto* const inner = static_cast<TreeInner*>(node);
    for (std::size_t i = 0; i < inner->used; ++i) let_go(inner->nodes()[i], level - 1);
    inner->free();
  }

  // Makes the nodes above the leaf this tree's own. The result: where the leaf hangs.
  TreeNode*& own_above(Path& path) {
    TreeNode** place = &root_;
    for (std::size_t level = levels_; level > 0; --level) {
      auto* inner = static_cast<TreeInner*>(*place);
      if (inner->is_shared()) {
        *place = inner->again(inner->used, true).release();
        let_go(inner, level);
        inner = static_cast<TreeInner*>(*place);
      }
      path.inner[level] = inner;
      place = &inner->nodes()[path.slot[level]];
    }
    return *place;
  }
  static void replace(TreeNode*& place, Path& path, typename Leaf::Owned by) noexcept {
    let_go(place, 0);
    place = path.leaf = by.release();
  }
  void count_below(const Path& path, std::size_t change) noexcept {
    size_ += change;
    for (std::size_t level = levels_; level > 0; --level) path.inner[level]->add_below(path.slot[level], change);
  }
  [[nodiscard]] std::size_t index_of(const Path& path) const {
    auto index = path.at;
    for (std::size_t level = levels_; level > 0; --level) index += path.inner[level]->begin_of(path.slot[level]);
    return index;
  }
  [[nodiscard]] bool is_end(const Path& path) const {
    for (std::size_t level = levels_; level > 0; --level)
      if (path.slot[level] + 1 != path.inner[level]->used) return false;
    return path.at == path.leaf->used;
  }

  void split(Path& path, T&& entry);
  std::size_t make_room(Path& path);
  void add_behind(Path& path, TreeNode* added, std::size_t count, bool is_end, Spares& spares) noexcept;
  void drop_leaf(Path& path) noexcept;
  void merge_leaf(Path& path) noexcept;
  void merge_above(Path& path, std::size_t level) noexcept;
  void lower_root() noexcept;

  TreeNode* root_ = nullptr;
  std::size_t size_ = 0;
  std::size_t levels_ = 0;  // above the leaves
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore

#include <eventstore/schema/detail/tree_change.hpp>
