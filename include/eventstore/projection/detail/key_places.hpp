#pragma once
// Where a batch has the latest write of each document.
#include <cstddef>
#include <cstdint>
#include <eventstore/collections/document_write.hpp>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace detail {

/// Finds writes by their keys, which it does not copy. Cost: O(1), and 16 bytes or more for each key. Threads: as a
/// standard container.
class KeyPlaces {
 public:
  static constexpr std::size_t none = ~std::size_t{0};

  /// The place in `writes` of the one that was set last for `key`; `none`, where there is none.
  [[nodiscard]] std::size_t find(const std::vector<DocumentWrite>& writes, std::string_view key) const;
  /// `place` becomes that of its key. A write behind it may be added afterwards.
  void set(const std::vector<DocumentWrite>& writes, std::size_t place);
  /// Forgets all keys; the memory stays.
  void clear();

 private:
  struct Entry {
    std::uint64_t hash;
    std::size_t place = none;
  };

  [[nodiscard]] std::size_t entry_of(const std::vector<DocumentWrite>& writes, std::uint64_t hash,
                                     std::string_view key) const;
  void grow();

  std::vector<Entry> entries_;  // a power of two, at most half of them used
  std::size_t used_ = 0;
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
