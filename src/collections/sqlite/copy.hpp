#pragma once
// Private to the SQLite engine: the documents of one collection as those of another.
#include "connection.hpp"

namespace eventstore::engine::sqlite {

/// Makes the table `name` from the documents of the table `from`, in the caller's transaction. Both may be the same.
/// Gives their number. Errors: as Collections::copy.
Result<std::uint64_t> copy_documents(sqlite3* connection, const CollectionShape& shape, std::string_view from,
                                     std::string_view name);

}  // namespace eventstore::engine::sqlite
