#pragma once
// The nodes that hold the elements of a Map or a List, side by side and in order.
#include <algorithm>
#include <cstring>
#include <eventstore/schema/detail/tree_node.hpp>
#include <type_traits>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T> struct TreeLeaf : TreeNode {
  static_assert(std::is_copy_constructible_v<T>, "what a Map or a List holds can be copied");
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__, "what a Map or a List holds has no larger alignment");

  /// Whether elements may move where they are: a move that throws would leave a gap.
  static constexpr bool may_move = std::is_nothrow_move_constructible_v<T>;
  /// By measurement: docs/adr/0025-states-that-share-structure.md.
  static constexpr std::size_t places_max = std::clamp<std::size_t>(1024 / sizeof(T) / 4 * 4, 16, 64);

  struct Discard {
    void operator()(TreeLeaf* leaf) const noexcept { leaf->destroy(); }
  };
  using Owned = std::unique_ptr<TreeLeaf, Discard>;

  /// Throws std::bad_alloc.
  static Owned make(std::size_t places) {
    static_assert(std::is_standard_layout_v<TreeNode>);
    return Owned{::new (::operator new(offset + places * sizeof(T))) TreeLeaf{places}};
  }
  void destroy() noexcept {
    std::destroy_n(entries(), used);
    ::operator delete(this);
  }

  [[nodiscard]] T* entries() noexcept { return reinterpret_cast<T*>(reinterpret_cast<std::byte*>(this) + offset); }
  [[nodiscard]] const T* entries() const noexcept {
    return reinterpret_cast<const T*>(reinterpret_cast<const std::byte*>(this) + offset);
  }

  /// Adds an element behind the others. There is room.
  template <class... Arguments> T& add(Arguments&&... arguments) {
    T* const added = std::construct_at(entries() + used, std::forward<Arguments>(arguments)...);
    ++used;
    return *added;
  }
  /// Adds elements of another leaf: moves them if `may_take`, which is only given where moves do not throw.
  void add_range(TreeLeaf& from, bool may_take, std::size_t begin, std::size_t end) {
    for (T* const all = from.entries(); begin < end; ++begin) {
      if constexpr (may_move)
        if (may_take) {
          add(std::move(all[begin]));
          continue;
        }
      add(std::as_const(all[begin]));
    }
  }

  /// A leaf with all elements.
  Owned again(bool may_take, std::size_t places) {
    auto made = make(places);
    made->add_range(*this, may_take, 0, used);
    return made;
  }
  /// Adds the elements `begin` to `end` of what `from` would be with `entry` at `at`.
  void add_range_with(TreeLeaf& from, bool may_take, std::size_t at, T& entry, std::size_t begin, std::size_t end) {
    add_range(from, may_take, begin, std::min(end, at));
    if (begin <= at && at < end) add(std::move(entry));
    if (end > at) add_range(from, may_take, std::max(begin, at + 1) - 1, end - 1);
  }
  /// A leaf with the elements besides the one at `at`.
  Owned without(std::size_t at) {
    auto made = make(fitting_places(used - 1U, places_max));
    made->add_range(*this, false, 0, at);
    made->add_range(*this, false, at + 1, used);
    return made;
  }

  /// Puts `entry` where it belongs. There is room, and moves do not throw.
  void open(std::size_t at, T&& entry) noexcept {
    T* const place = entries() + at;
    if constexpr (std::is_trivially_copyable_v<T>) {
      std::memmove(static_cast<void*>(place + 1), place, (used - at) * sizeof(T));
    } else {
      for (T* to = entries() + used; to != place; --to) {
        std::construct_at(to, std::move(to[-1]));
        std::destroy_at(to - 1);
      }
    }
    std::construct_at(place, std::move(entry));
    ++used;
  }
  /// Takes an element out. Moves do not throw.
  void close(std::size_t at) noexcept {
    T* const end = entries() + used;
    T* place = entries() + at;
    std::destroy_at(place);
    if constexpr (std::is_trivially_copyable_v<T>) {
      std::memmove(static_cast<void*>(place), place + 1, (used - at - 1) * sizeof(T));
    } else {
      for (; place + 1 != end; ++place) {
        std::construct_at(place, std::move(place[1]));
        std::destroy_at(place + 1);
      }
    }
    --used;
  }

 private:
  using TreeNode::TreeNode;
  static constexpr std::size_t offset = (sizeof(TreeNode) + alignof(T) - 1) / alignof(T) * alignof(T);
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
