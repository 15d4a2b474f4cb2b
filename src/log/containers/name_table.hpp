#pragma once
// Finds a number by a name: open addressing, names kept elsewhere, nothing allocated by a look-up.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

namespace eventstore::engine {

class NameTable {
 public:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

  /// The number put for a name with this hash for which `is_name(number)` holds; absent if there is none.
  template <class IsName> [[nodiscard]] std::uint32_t find(std::uint64_t hash, IsName is_name) const {
    if (slots_.empty()) return none;
    for (auto at = hash >> shift_;; at = (at + 1) & (slots_.size() - 1)) {
      const auto slot = slots_[at];
      if (slot == 0) return none;
      const auto number = static_cast<std::uint32_t>(slot) - 1;
      // 32 bits of the hash stand in the slot, so a name is compared only if it is almost surely the right one.
      if (slot >> 32 == (hash & 0xFFFF'FFFF) && is_name(number)) return number;
    }
  }

  /// Makes room for so many.
  void reserve(std::size_t count) {
    if (count_ == 0) make_empty(std::bit_ceil(std::max<std::size_t>(64, count * 3 / 2 + 2)));
  }
  /// Adds a number for a new name. `hash_at(number)` gives the hash of one put earlier.
  template <class HashAt> void put(std::uint64_t hash, std::uint32_t number, HashAt hash_at) {
    if ((count_ + 1) * 3 > slots_.size() * 2) {
      make_empty(slots_.empty() ? 64 : slots_.size() * 2);
      for (std::uint32_t earlier = 0; earlier < count_; ++earlier) insert(hash_at(earlier), earlier);
    }
    insert(hash, number);
    ++count_;
  }

 private:
  void make_empty(std::size_t slots);
  void insert(std::uint64_t hash, std::uint32_t number);

  std::vector<std::uint64_t> slots_;  // low half: number + 1, 0 where free; high half: low half of the hash
  std::size_t count_ = 0;
  unsigned shift_ = 64;
};

}  // namespace eventstore::engine
