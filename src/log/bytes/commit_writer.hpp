#pragma once
// Turns a commit that was admitted into the bytes of the log.
#include <eventstore/log/commit.hpp>

#include "format.hpp"

namespace eventstore::engine {

/// The fields of a commit's header that do not come from the commit itself.
struct CommitPlace {
  std::uint64_t store_fold = 0;
  format::Location location{};
  std::uint32_t generation = 0;
  std::uint64_t first_position = 0;
  std::int64_t recorded_at = 0;
  format::Location synced_end{};
  std::uint64_t previous_checksum = 0;
};

/// The bytes that encode_commit would write.
std::size_t encoded_size(const Commit& commit, std::span<const SchemaRecord> schemas);

/// Writes the bytes of the commit's events and outcomes over `out` and gives its checksum. `places` has one element for
/// each event; `schemas` are those that are written, not those that the commit offers.
std::uint64_t encode_commit(const Commit& commit, std::span<const Placed> places, std::span<const SchemaRecord> schemas,
                            const CommitPlace& place, Bytes& out);

/// A commit without events: a finish mark or a mark of the synced end.
format::CommitHeader control_commit(format::CommitKind kind, const CommitPlace& place);

}  // namespace eventstore::engine
