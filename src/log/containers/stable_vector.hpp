#pragma once
// A sequence that grows without moving its elements.
#include <array>
#include <bit>
#include <cstddef>
#include <memory>

namespace eventstore::engine {

/// Threads: one adds. Others may read an element at the same time, after some synchronisation told them that it exists.
template <class T> class StableVector {
 public:
  [[nodiscard]] const T& operator[](std::size_t index) const {
    const auto place = place_of(index);
    return chunks_[place.chunk][place.offset];
  }
  void push_back(const T& element) {
    const auto place = place_of(size_);
    if (place.offset == 0) chunks_[place.chunk] = std::make_unique_for_overwrite<T[]>(first_chunk << place.chunk);
    chunks_[place.chunk][place.offset] = element;
    ++size_;
  }
  /// For the thread that adds.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t first_chunk = 256;

  struct Place {
    std::size_t chunk;
    std::size_t offset;
  };
  // Each chunk is twice as long as the one before: the highest bit of the shifted index tells the chunk.
  static Place place_of(std::size_t index) {
    const auto shifted = index + first_chunk;
    const auto chunk = static_cast<std::size_t>(std::bit_width(shifted) - std::bit_width(first_chunk));
    return {chunk, shifted - (first_chunk << chunk)};
  }

  std::array<std::unique_ptr<T[]>, 48> chunks_;
  std::size_t size_ = 0;
};

}  // namespace eventstore::engine
