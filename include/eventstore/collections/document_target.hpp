#pragma once
// A place for documents that has no transactions: a key-value store, a search engine, a service.
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <eventstore/core/uuid.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// A document as a target keeps it: all three members together.
struct TargetDocument {
  std::string organization;
  std::string json;         ///< the document's fields, as everywhere else in JSON
  std::uint64_t batch = 0;  ///< that wrote it last

  friend bool operator==(const TargetDocument&, const TargetDocument&) = default;
};

/// What a program implements to keep collections in a place of its own; TargetCollections makes collections of it.
/// Each call is done wholly or not at all. One that gives an error may have been done all the same. What was done lasts
/// when the call returns. The target never changes by other hands.
///
/// Errors: locked, out_of_space and io_failed are taken for faults that pass, and the worker tries again; others stop
/// the projection. Threads: one at a time, not always the same one.
class DocumentTarget {
 public:
  virtual ~DocumentTarget() = default;

  /// Absent if there is none.
  virtual Result<std::optional<TargetDocument>> read(std::string_view collection, const Uuid& id) = 0;

  /// Replaces an earlier one of the same id.
  virtual Result<void> write(std::string_view collection, const Uuid& id, const TargetDocument& document) = 0;

  /// Does nothing if there is none.
  virtual Result<void> remove(std::string_view collection, const Uuid& id) = 0;

  /// Removes all documents of the collection; does nothing if there are none.
  virtual Result<void> drop(std::string_view collection) = 0;

  /// The number of documents in the collection.
  virtual Result<std::uint64_t> count(std::string_view collection) = 0;

  /// Leaves nothing, as far as the place can, of what documents were before they were replaced or removed: called after
  /// people were forgotten. A place that keeps nothing of them has nothing to do.
  virtual Result<void> purge() { return {}; }

  /// What write_state wrote last; absent before its first call.
  virtual Result<std::optional<std::string>> read_state() = 0;

  /// Keeps the text, some kilobytes of JSON, in the place of the one before.
  virtual Result<void> write_state(std::string_view state) = 0;
};

}  // namespace v1
}  // namespace eventstore
