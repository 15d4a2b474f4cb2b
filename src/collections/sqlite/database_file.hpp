#pragma once
// Private to the SQLite engine: how the file is opened, kept while it is written, and left.
#include "connection.hpp"

namespace eventstore::engine::sqlite {

/// The cache of a connection that writes, in KiB.
inline constexpr const char* cache = "PRAGMA cache_size = -65536";
inline constexpr const char* cache_for_sorting = "PRAGMA cache_size = -4096";

/// Opens the file; `read_write` makes it and its table of checkpoints if they are missing, and brings a table of an
/// earlier build to today's form. Errors: as SqliteCollections::open.
Result<Connection> open_database(const std::string& path, SqliteCollections::Mode mode);

/// Puts all that was written into the one file, without a log beside it, so that it can be read where nothing can be
/// written. Does nothing while another connection has the file open. No statement of `connection` may be left.
void leave_for_readers(sqlite3* connection);

}  // namespace eventstore::engine::sqlite
