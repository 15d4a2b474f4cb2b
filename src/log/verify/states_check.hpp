#pragma once
// Checks the states that retention kept: every checksum, the digest in the statement, and the table of streams.
#include <eventstore/file_log/verify.hpp>

#include "../index/expired.hpp"

namespace eventstore::engine {

/// Damage of the states is a finding. `has_streams`: the table of streams is whole. Errors: newer_format, io_failed.
/// Cost: reads the file twice.
Result<void> check_kept_states(const StoreFiles& store, const Expired& expired, bool has_streams, VerifyReport& report);

}  // namespace eventstore::engine
