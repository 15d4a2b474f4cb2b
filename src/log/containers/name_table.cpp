#include "name_table.hpp"

#include <bit>

namespace eventstore::engine {

void NameTable::make_empty(std::size_t slots) {
  slots_.assign(slots, 0);
  shift_ = 64 - static_cast<unsigned>(std::countr_zero(slots));
}

void NameTable::insert(std::uint64_t hash, std::uint32_t number) {
  auto at = hash >> shift_;
  while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = hash << 32 | (number + 1);
}

}  // namespace eventstore::engine
