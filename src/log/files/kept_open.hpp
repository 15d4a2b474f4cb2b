#pragma once
// How much the reads of one store have opened and kept: Linux gives a process 65,530 maps.
#include <atomic>
#include <cstddef>

namespace eventstore::engine {

/// Counts maps of segments and index files, and the bytes of bitmaps, since they were last let go. Threads: every
/// member from any thread.
class KeptOpen {
 public:
  explicit KeptOpen(std::size_t maps_most) : maps_most_{maps_most} {}

  void add_map() { maps_.fetch_add(1, std::memory_order_relaxed); }
  void add_bitmap(std::size_t bytes) { bitmap_bytes_.fetch_add(bytes, std::memory_order_relaxed); }
  /// Whether it is time to let all of them go. Cost: two loads.
  [[nodiscard]] bool is_much() const {
    return maps_.load(std::memory_order_relaxed) > maps_most_ ||
           bitmap_bytes_.load(std::memory_order_relaxed) > bitmap_bytes_most;
  }
  void begin_anew() {
    maps_.store(0, std::memory_order_relaxed);
    bitmap_bytes_.store(0, std::memory_order_relaxed);
  }

 private:
  static constexpr std::size_t bitmap_bytes_most = std::size_t{64} * 1024 * 1024;

  const std::size_t maps_most_;
  std::atomic<std::size_t> maps_{0};
  std::atomic<std::size_t> bitmap_bytes_{0};
};

}  // namespace eventstore::engine
