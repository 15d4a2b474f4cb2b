#pragma once
// Compares the index files with the log: each file is made again from the segments, and compared byte for byte.
#include <eventstore/file_log/verify.hpp>

#include "../files/store_files.hpp"

namespace eventstore::engine {

/// Adds a finding for each index file of the store that differs from the one that the log gives, and names its path in
/// `bad`. A missing file is no finding: it is made when it is needed. Files that a writer changes during the check are
/// passed over. Errors: stopped; those of the files. Memory: some 60 bytes for each event of the largest table. Cost:
/// reads the segments that have index files once more for each file.
Result<void> check_indexes(const StoreFiles& store, const Uuid& store_id, const std::stop_token& stop,
                           VerifyReport& report, std::vector<std::string>& bad);

}  // namespace eventstore::engine
