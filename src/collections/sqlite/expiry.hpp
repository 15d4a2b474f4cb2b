#pragma once
// Private to the SQLite engine: documents that are too old, and the table of the moments up to which they went.
#include "connection.hpp"

#include <eventstore/collections/shape.hpp>
#include <eventstore/core/timestamp.hpp>
#include <optional>

namespace eventstore::engine::sqlite {

Result<void> create_expiries(sqlite3* connection);

/// Absent where nothing of the collection has expired.
Result<std::optional<Timestamp>> read_expired_before(sqlite3* connection, std::string_view name);

/// Gives `name` the moment of `from`, or none; that of `from` stays.
Result<void> replace_expired_before(sqlite3* connection, std::string_view name, std::string_view from);

/// Gives `name` the moment of `other`, if that is later: what has expired since goes at the next expiry.
Result<void> keep_later_moment(sqlite3* connection, std::string_view name, std::string_view other);

/// The numbers of the rows of `name` that are older than the moment ?1, at most ?2 of them: by the index of the field
/// within each organization, if that was made. Errors: as CollectionShape::keep_since_column.
Result<std::string> select_older(sqlite3* connection, const CollectionShape& shape, std::string_view name);

/// As Collections::expire, within a transaction.
Result<std::uint64_t> expire_documents(sqlite3* connection, const CollectionShape& shape, std::string_view name,
                                       Timestamp moment, std::size_t documents_max);

/// Within the transaction that puts `replacement` in the place of `shape.name`: removes from it what has expired in the
/// live collection, and has not expired in it before.
Result<void> expire_replacement(sqlite3* connection, const CollectionShape& shape, std::string_view replacement);

}  // namespace eventstore::engine::sqlite
