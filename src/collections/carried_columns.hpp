#pragma once
// Private to collections: which columns of a collection of another shape a collection can take its documents from.
#include <eventstore/collections/shape.hpp>
#include <optional>

namespace eventstore::engine {

/// Where the values of a column come from.
struct CarriedColumn {
  std::optional<std::size_t> from{};  ///< the place of the column there; absent: the column is new
  Bytes value{};                      ///< of a new column, with its optional if it has one
};

/// For each column of `wanted`. `stored` is the columns_text() of the other shape. Errors: unreadable_schema.
Result<std::vector<CarriedColumn>> carried_columns(std::string_view stored, const CollectionShape& wanted);

}  // namespace eventstore::engine
