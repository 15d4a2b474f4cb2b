#pragma once
// Memory that is all zeros, and that takes room only where it is written to.
#include <cstddef>
#include <memory>

namespace eventstore {
inline namespace v1 {
namespace detail {

struct GiveBack {
  std::size_t mapped_bytes = 0;  // 0: from the heap
  void operator()(void* memory) const;
};
using ZeroedMemory = std::unique_ptr<void, GiveBack>;

/// `bytes` bytes, aligned for every type. Much of it comes as pages of the system: a heap that has memory to give
/// writes the zeros itself. Throws bad_alloc.
ZeroedMemory zeroed_memory(std::size_t bytes);

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
