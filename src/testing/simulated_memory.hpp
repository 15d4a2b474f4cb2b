#pragma once
// Memory that stays in its place while its contents grow: the page cache of one simulated file.
#include <cstddef>
#include <memory>

namespace eventstore {
inline namespace v1 {

/// Zeros at first. Lifetime: as long as any owner holds it.
class SimulatedMemory {
 public:
  /// Address space for `bytes_max`; only what is touched takes memory. Throws std::bad_alloc.
  static std::shared_ptr<SimulatedMemory> make(std::size_t bytes_max);

  SimulatedMemory(const SimulatedMemory&) = delete;
  SimulatedMemory& operator=(const SimulatedMemory&) = delete;
  ~SimulatedMemory();

  [[nodiscard]] std::byte* data() const { return data_; }
  [[nodiscard]] std::size_t bytes_max() const { return bytes_max_; }
  /// Up to where anything may have been stored: what has to be cleared before it is used again.
  void touch(std::size_t end) { touched_ = end > touched_ ? end : touched_; }

 private:
  SimulatedMemory(std::byte* data, std::size_t bytes_max) : data_{data}, bytes_max_{bytes_max} {}

  std::byte* data_;
  std::size_t bytes_max_;
  std::size_t touched_ = 0;
};

}  // namespace v1
}  // namespace eventstore
