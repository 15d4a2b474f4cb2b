#include "hashing.hpp"

#include <xxhash.h>

#include <bit>

namespace eventstore::engine {

Hashing Hashing::of_store(const Uuid& store_id) {
  const auto seed = XXH3_64bits(store_id.octets.data(), store_id.octets.size());
  return Hashing{seed == 0 ? 1 : seed};
}

std::uint64_t Hashing::name(std::string_view name) const {
  return XXH3_64bits_withSeed(name.data(), name.size(), seed_);
}

std::uint64_t Hashing::id(std::uint64_t stream, const Uuid& id) const {
  // The upper bits choose a bucket and the lower ones the bits of a filter: both must depend on everything.
  if (is_seeded()) return XXH3_64bits_withSeed(id.octets.data(), id.octets.size(), stream);
  const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(id.octets);
  auto mixed = (halves[0] ^ stream) * 0x9E37'79B9'7F4A'7C15;
  mixed = (mixed ^ mixed >> 32 ^ halves[1]) * 0xD6E8'FEB8'6659'FD93;
  mixed = (mixed ^ mixed >> 32) * 0xD6E8'FEB8'6659'FD93;
  return mixed ^ mixed >> 32;
}

}  // namespace eventstore::engine
