#pragma once
// Private to the SQLite engine: a row as the JSON of its document.
#include "connection.hpp"

namespace eventstore::engine::sqlite {

/// Appends the present row of `statement`: _id, organization_id and the shape's columns, in this order.
void append_document(const CollectionShape& shape, const Statement& statement, std::string& out);

}  // namespace eventstore::engine::sqlite
