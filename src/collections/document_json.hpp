#pragma once
// Private to the collections layer: a row as the JSON of its document.
#include "sqlite.hpp"

namespace eventstore {
inline namespace v1 {
namespace sqlite {

/// Appends the row that `statement` stands on: _id, organization_id and the shape's columns, in this order.
void append_document(const CollectionShape& shape, const Statement& statement, std::string& out);

}  // namespace sqlite
}  // namespace v1
}  // namespace eventstore
