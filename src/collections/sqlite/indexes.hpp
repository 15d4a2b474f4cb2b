#pragma once
// Private to the SQLite engine: makes the indexes of a table that was built without any.
#include "watcher.hpp"

#include <eventstore/collections/shape.hpp>
#include <eventstore/core/function_ref.hpp>

namespace eventstore::engine::sqlite {

/// Whether an index of the collection says where a document is by its `_id`. Earlier builds made it with the table.
Result<bool> has_id_index(sqlite3* connection, std::string_view collection);

/// Makes that index. Of documents with one `_id`, which only appended ones can be, the last one stays. Gives the number
/// of those that were removed.
Result<std::uint64_t> make_id_index(sqlite3* connection, const CollectionShape& shape, std::string_view collection);

/// The making of one index. Gives the number of documents that were removed, as make_id_index.
using MakeIndex = FunctionRef<Result<std::uint64_t>()>;

/// Has `in_step` run the making of each of the shape's indexes that the collection `name` lacks, and tells `watcher`.
/// Errors: those of `in_step`.
Result<void> make_indexes(sqlite3* connection, const CollectionShape& shape, std::string_view name, Watcher& watcher,
                          FunctionRef<Result<void>(MakeIndex make)> in_step);

}  // namespace eventstore::engine::sqlite
