#include "id_table.hpp"

#include <bit>

namespace eventstore::inline v1 {

std::uint64_t event_id_hash(std::uint64_t stream_hash, const EventId& id) {
  const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(id.uuid.octets);
  auto mixed = (halves[0] ^ stream_hash) * 0x9E37'79B9'7F4A'7C15;
  mixed = (mixed ^ mixed >> 32 ^ halves[1]) * 0xD6E8'FEB8'6659'FD93;
  return mixed ^ mixed >> 32;
}

void IdTable::put_next(std::uint32_t hash) {
  hashes_.push_back(hash);
  if (hashes_.size() * 3 > slots_.size() * 2) return grow();
  insert(hash, hashes_.size());
}

void IdTable::insert(std::uint32_t hash, std::uint64_t position) {
  auto at = home(hash);
  while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = tag(hash) << position_bits | position;
}

void IdTable::grow() {
  slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, 0);
  for (std::size_t i = 0; i < hashes_.size(); ++i) insert(hashes_[i], i + 1);
}

}  // namespace eventstore::inline v1
