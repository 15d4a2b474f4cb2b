#pragma once
// The index files against the log: each is made again from the segments, and compared byte for byte.
#include <eventstore/file_log/verify.hpp>

#include "../files/store_files.hpp"

namespace eventstore::engine {

/// Adds a finding for each index file of the store that is not what the log makes of it, and names its path in `bad`.
/// One that is missing is none: it is made when it is needed. What a writer changes meanwhile is passed over. Errors:
/// stopped; those of the files. Memory: some 60 bytes for each event of the largest table. Cost: reads the segments
/// that have index files once more for each file.
Result<void> check_indexes(const StoreFiles& store, const Uuid& store_id, const std::stop_token& stop,
                           VerifyReport& report, std::vector<std::string>& bad);

}  // namespace eventstore::engine
