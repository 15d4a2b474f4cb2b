#pragma once
// The indexes of a store's collections, with what they take.
#include <eventstore/app/store.hpp>
#include <eventstore/core/function_ref.hpp>

namespace eventstore::app {

/// `part` is what the index takes of all that its collection takes, 0 to 1.
struct IndexRow {
  EVENTSTORE_FIELDS(IndexRow, (std::string, collection), (std::string, index), (std::uint64_t, bytes), (double, part));
};

/// Gives the indexes of every collection that exists, those that are kept or being built included, in the order of
/// their names. Errors: not_found, where no projection has run yet; as Collections::size; those of `on_index`, which
/// end the list. Cost: as Collections::size, for each of them.
Result<void> list_indexes(Store& store, FunctionRef<Result<void>(const IndexRow&)> on_index);

}  // namespace eventstore::app
