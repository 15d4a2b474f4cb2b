#pragma once
// Where documents live. Projections write through this, nobody else does; programs ask through it.
#include <eventstore/collections/document_write.hpp>
#include <eventstore/collections/query.hpp>
#include <eventstore/collections/shape.hpp>
#include <eventstore/core/ordinal.hpp>
#include <optional>
#include <span>

namespace eventstore {
inline namespace v1 {

/// How far a collection reflects a log, and which one.
struct Checkpoint {
  Position position{};
  std::uint64_t checksum = 0;  ///< EventLog::checksum_at(position): another history is noticed
  Uuid store_id{};
  std::string fingerprint{};  ///< of the projection that wrote it
  bool building = false;      ///< never caught up yet: indexes are still to be made
};

/// A collection's part of a batch.
struct CollectionBatch {
  const CollectionShape* shape;
  std::string name;  ///< the shape's name, or another one for a rebuild beside it
  std::vector<DocumentWrite> writes;
  Position from{};  ///< the checkpoint that the batch goes on from
  Checkpoint to{};
};

/// Threads: one at a time.
class Collections {
 public:
  virtual ~Collections() = default;

  /// Nothing where the collection does not exist.
  virtual Result<std::optional<Checkpoint>> checkpoint(std::string_view name) = 0;

  /// Makes the collection anew, empty and without indexes; one by that name is dropped first.
  virtual Result<void> create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) = 0;

  /// Writes all batches with their checkpoints, all or nothing.
  /// Errors: locked (a checkpoint is not where the batch began: another worker was there), io_failed, out_of_space.
  virtual Result<void> commit(std::span<const CollectionBatch> batches) = 0;

  /// Makes the indexes of a collection that was being built and has come to `at`; nothing where another worker has made
  /// them. Errors: locked, where the collection is at another place; as commit.
  virtual Result<void> finish(const CollectionShape& shape, Position at) = 0;

  /// Puts the collection `replacement` in the place of `shape.name`, with its indexes, in one transaction.
  virtual Result<void> replace(const CollectionShape& shape, std::string_view replacement) = 0;

  virtual Result<void> drop(std::string_view name) = 0;

  /// Documents in the collection.
  virtual Result<std::uint64_t> count(std::string_view name) = 0;

  /// Removes documents whose `created_at` (or, where they have none, `timestamp`) is before `moment`; how many there
  /// were.
  virtual Result<std::uint64_t> expire(const CollectionShape& shape, Timestamp moment) = 0;

  // Questions, each about one organization's documents in the collection `shape.name`.
  // Errors of all: invalid_argument (a field that the shape does not have, a value or a condition that does not fit the
  // field, a limit of 0); not_found where the collection or its index of words or places was not made yet; io_failed.

  virtual Result<DocumentPage> find(const CollectionShape& shape, std::string_view organization,
                                    const DocumentQuery& query) = 0;

  /// How many documents fulfil `where`.
  virtual Result<std::uint64_t> count(const CollectionShape& shape, std::string_view organization,
                                      const Conditions& where) = 0;

  /// Groups of at least one document, in the order of their keys.
  virtual Result<std::vector<Group>> group(const CollectionShape& shape, std::string_view organization,
                                           const GroupQuery& query) = 0;

  virtual Result<std::vector<NearDocument>> near(const CollectionShape& shape, std::string_view organization,
                                                 const NearQuery& query) = 0;
};

}  // namespace v1
}  // namespace eventstore
