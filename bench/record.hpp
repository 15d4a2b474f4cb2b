#pragma once
// One event as bytes, for the engines that store values without knowing them.
#include <bench/peer.hpp>

namespace bench {

/// Appends the bytes of `event` to `out`.
void encode_record(const Event& event, std::uint64_t position, eventstore::Bytes& out);

struct Record {
  Seen seen{};
  std::size_t bytes = 0;  ///< that it takes
};

/// The record at `from`. Lifetime: that of the bytes.
Record decode_record(const std::byte* from);

}  // namespace bench
