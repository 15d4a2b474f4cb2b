#include <eventstore/app/list_indexes.hpp>

#include <cmath>

namespace eventstore::app {
namespace {

// To a thousandth: what a person compares.
double part_of(std::uint64_t bytes, std::uint64_t all) {
  if (all == 0) return 0;
  return std::round(static_cast<double>(bytes) / static_cast<double>(all) * 1000) / 1000;
}

}  // namespace

Result<void> list_indexes(Store& store, FunctionRef<Result<void>(const IndexRow&)> on_index) {
  EVENTSTORE_TRY_ASSIGN(auto* const collections, store.readable_collections());
  EVENTSTORE_TRY_ASSIGN(const auto names, collections->names());
  for (const auto& name : names) {
    EVENTSTORE_TRY_ASSIGN(const auto size, collections->size(name));
    const auto all = size.document_bytes + size.index_bytes();
    for (const auto& index : size.indexes)
      EVENTSTORE_TRY(on_index({name, index.name, index.bytes, part_of(index.bytes, all)}));
  }
  return {};
}

}  // namespace eventstore::app
