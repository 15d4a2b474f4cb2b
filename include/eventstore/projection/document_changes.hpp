#pragma once
// Two collections of one projection in different places, document by document with all fields.
#include <cstdint>
#include <eventstore/collections/collections.hpp>
#include <eventstore/core/function_ref.hpp>
#include <eventstore/schema/detail/change_writer.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

enum class DocumentChangeKind : std::uint8_t { added, removed, changed };

std::string_view to_string(DocumentChangeKind kind);

/// A document that the two collections do not have alike.
struct DocumentChange {
  DocumentChangeKind kind;
  std::string id;
  std::string organization;  ///< in the later one, where it has the document
  /// The fields that differ, in the order of the shape and the form of docs/reference/changes.md: objects are entered
  /// whatever type they were made of, and of a list the elements between the equal ends are there. A side whose field
  /// has no value has null. Of a document that is on one side only, the fields that have a value; the other side is {}.
  /// `organization_id` is among the fields where it differs.
  Changes fields;
};

struct DocumentCounts {
  std::uint64_t same = 0;
  std::uint64_t added = 0;  ///< documents that only the later collection has
  std::uint64_t removed = 0;
  std::uint64_t changed = 0;
};

/// Gives the documents of `shape.name` in `before` and in `after` that differ, in the order of their ids, until
/// `on_change` gives an error. Values are compared by their JSON as the shape shows it, to the last digit. Errors: as
/// Collections::scan; those of `on_change`. Cost: reads both in the order of their ids, two pages at a time.
Result<DocumentCounts> each_document_change(Collections& before, Collections& after, const CollectionShape& shape,
                                            FunctionRef<Result<void>(const DocumentChange&)> on_change);

}  // namespace v1
}  // namespace eventstore
