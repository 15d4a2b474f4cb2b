#include "checksum.hpp"

#include <xxhash.h>

#include <new>

namespace eventstore::engine {

Checksum::Checksum() : state_{XXH3_createState()} {
  if (!state_) throw std::bad_alloc{};
  XXH3_64bits_reset(state_.get());
}

void Checksum::Free::operator()(XXH3_state_s* state) const { XXH3_freeState(state); }

void Checksum::add(BytesView bytes) { XXH3_64bits_update(state_.get(), bytes.data(), bytes.size()); }

std::uint64_t Checksum::value() const { return XXH3_64bits_digest(state_.get()); }

}  // namespace eventstore::engine
