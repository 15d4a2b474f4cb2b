#pragma once
// What the nodes of the trees below Map and List have in common: a count of their holders, and places that fit.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace eventstore {
inline namespace v1 {
namespace detail {

/// The beginning of each node. A node belongs to all trees and nodes that hold it. It is changed only by a tree that
/// alone holds it and all nodes above it; every other tree replaces it by a copy.
struct TreeNode {
  std::atomic<std::uint32_t> holders{1};
  std::uint16_t used = 0;
  std::uint16_t capacity;

  explicit TreeNode(std::size_t places) : capacity{static_cast<std::uint16_t>(places)} {}

  void hold() noexcept { holders.fetch_add(1, std::memory_order_relaxed); }
  /// Acquires, so that what earlier holders did with the node has happened before its only holder changes it.
  [[nodiscard]] bool is_shared() const noexcept { return holders.load(std::memory_order_acquire) != 1; }
  /// Whether the caller was the last holder, who then frees the node.
  [[nodiscard]] bool let_go() noexcept { return !is_shared() || holders.fetch_sub(1, std::memory_order_acq_rel) == 1; }
};

/// How many places a node gets for `count` of at most `most` entries: few are left empty, and a node that grows moves
/// to a larger one seldom enough.
constexpr std::size_t fitting_places(std::size_t count, std::size_t most) {
  const std::size_t step = count <= 4 ? 1 : count <= 12 ? 2 : count <= 32 ? 4 : 8;
  const auto places = (count + step - 1) / step * step;
  return places < most ? places : most;
}

/// More levels than a tree can have in memory: a node of four nodes or more on average.
inline constexpr std::size_t tree_levels_max = 24;

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
