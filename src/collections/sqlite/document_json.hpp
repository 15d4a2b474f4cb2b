#pragma once
// Private to the SQLite engine: a row as the JSON of its document.
#include "connection.hpp"

namespace eventstore::engine::sqlite {

/// Appends the present row of `statement`: _id, organization_id and the shape's columns, in this order.
void append_document(const CollectionShape& shape, const Statement& statement, std::string& out);

/// Appends the value in a column of the present row, by its type, or by what SQLite has where the type is not known.
void append_field(const Type* type, const Statement& statement, int column, std::string& out);

}  // namespace eventstore::engine::sqlite
