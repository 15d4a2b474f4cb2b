#pragma once
// Tells that a hash was not put in, by reading 32 bytes. A split-block Bloom filter: Putze, Sanders, Singler, "Cache-,
// Hash- and Space-Efficient Bloom Filters" (2007), with the constants of Apache Parquet's specification.
#include <array>
#include <cstddef>
#include <cstdint>

namespace eventstore::engine {

/// One block. A hash's upper half chooses the block, its lower half the bits, one in each word.
struct HashFilterBlock {
  std::array<std::uint32_t, 8> words{};

  void put(std::uint64_t hash) {
    for (std::size_t i = 0; i < words.size(); ++i) words[i] |= bit(hash, i);
  }
  [[nodiscard]] bool may_have(std::uint64_t hash) const {
    std::uint32_t missing = 0;
    for (std::size_t i = 0; i < words.size(); ++i) missing |= ~words[i] & bit(hash, i);
    return missing == 0;
  }

  static constexpr std::uint64_t bits_per_hash = 16;
  /// The number of blocks for `hashes` hashes; one in a thousand absent hashes then looks present.
  static constexpr std::uint64_t blocks_for(std::uint64_t hashes) { return (hashes * bits_per_hash + 255) / 256; }
  /// The block of a hash: never descending with the hash, so that hashes in order fill the blocks in order.
  static constexpr std::uint64_t block_of(std::uint64_t hash, std::uint64_t blocks) {
    return (hash >> 32) * blocks >> 32;
  }

 private:
  static constexpr std::uint32_t bit(std::uint64_t hash, std::size_t word) {
    constexpr std::array<std::uint32_t, 8> salts{0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d,
                                                 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31};
    return std::uint32_t{1} << (static_cast<std::uint32_t>(hash) * salts[word] >> 27);
  }
};
static_assert(sizeof(HashFilterBlock) == 32);

}  // namespace eventstore::engine
