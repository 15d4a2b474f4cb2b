#pragma once
// A document's bytes taken apart into its columns, and what patches and increments do to them.
#include <eventstore/collections/document_write.hpp>
#include <eventstore/collections/shape.hpp>
#include <eventstore/core/result.hpp>
#include <optional>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace detail {

/// One for each column of the shape, with the flag of its optional where it is one; together they are the document.
using DocumentColumns = std::vector<Bytes>;

/// Errors: corrupt_record.
Result<DocumentColumns> columns_of(const CollectionShape& shape, BytesView document);
/// Sets what a patch sets in a document that exists.
void patch_columns(const DocumentWrite& patch, DocumentColumns& columns);
/// Adds what an increment adds to a document that exists. Errors: corrupt_record.
Result<void> increment_columns(const CollectionShape& shape, const DocumentWrite& increment, DocumentColumns& columns);
/// The document that an increment makes where there is none. Errors: corrupt_record.
Result<DocumentColumns> incremented_from_nothing(const CollectionShape& shape, const DocumentWrite& increment);

/// The document that a change makes of `existing`, which is null where there is none; none where there is none
/// afterwards. Errors: as DocumentUpdate::apply.
Result<std::optional<DocumentColumns>> changed_columns(const CollectionShape& shape, const DocumentUpdate& change,
                                                       const DocumentColumns* existing);
/// The bytes of the document.
Bytes bytes_of(const DocumentColumns& columns);

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
