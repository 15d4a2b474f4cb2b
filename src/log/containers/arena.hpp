#pragma once
// Memory that is given in small pieces and taken back all at once.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace eventstore::engine {

/// Threads: one at a time. Lifetime: what it made lives as long as the arena; destructors are not run.
class Arena {
 public:
  template <class T> T* make() { return new (take(sizeof(T))) T{}; }
  template <class T> T* make_array(std::size_t count) { return new (take(sizeof(T) * count)) T[count]; }

 private:
  static constexpr std::size_t block_bytes = std::size_t{64} * 1024;

  void* take(std::size_t bytes) {
    bytes = (bytes + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
    if (bytes > left_) {
      const auto size = std::max(bytes, block_bytes);
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
      next_ = blocks_.back().get();
      left_ = size;
    }
    left_ -= bytes;
    return std::exchange(next_, next_ + bytes);
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace eventstore::engine
