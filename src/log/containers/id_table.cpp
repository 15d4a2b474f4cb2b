#include "id_table.hpp"

namespace eventstore::engine {

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

}  // namespace eventstore::engine
