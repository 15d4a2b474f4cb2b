#pragma once
// Private to collections in a target: writes the documents of a batch, each once however often the batch is made.
#include <eventstore/collections/collections.hpp>
#include <eventstore/collections/document_target.hpp>

namespace eventstore::engine::target {

/// Brings the documents at `location` to where the batch `number` leads; those that it has written already stay.
/// Why it is right: the batch of a range is the same whenever it is made, and a document is read before the batch or
/// after it, never between. A document that the batch removes bears no number, and what the batch does to nothing ends
/// in nothing again. Errors: the target's; corrupt_record for a document that is none of the shape.
Result<void> write_documents(DocumentTarget& target, const std::string& location, const CollectionBatch& batch,
                             std::uint64_t number);

}  // namespace eventstore::engine::target
