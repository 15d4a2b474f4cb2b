#pragma once
// The place of documents. Only projections write through this interface; programs ask through it.
#include <eventstore/collections/appended_documents.hpp>
#include <eventstore/collections/document_write.hpp>
#include <eventstore/collections/query.hpp>
#include <eventstore/collections/shape.hpp>
#include <eventstore/core/ordinal.hpp>
#include <eventstore/core/timestamp.hpp>
#include <functional>
#include <optional>
#include <span>

namespace eventstore {
inline namespace v1 {

/// The events of one type that a collection is without, because the build that wrote it did not know the type.
struct PassedOverType {
  std::string category{};
  std::string type{};
  Position first{};
  std::uint64_t events = 0;

  friend bool operator==(const PassedOverType&, const PassedOverType&) = default;
};

/// The position up to which a collection reflects a log, and the log.
struct Checkpoint {
  Position position{};
  std::uint64_t checksum = 0;  ///< EventLog::checksum_at(position), which shows another history
  Uuid store_id{};
  std::string fingerprint{};        ///< of the projection that wrote it
  bool building = false;            ///< the collection has not caught up yet; its indexes are still to be made
  std::uint64_t missed_events = 0;  ///< of the log, which retention had dropped before the collection read them
  Position missed_last{};           ///< the last of them; 0: none
  std::vector<PassedOverType> passed_over{};  ///< up to `position`; each category and type once, in their order
};

/// Why a collection does not go on, as the worker that met it has noted it. A note is for people: no run depends on it.
struct Trouble {
  bool passes = false;        ///< the place of the documents was busy, full or out of reach: the worker tries again
  std::uint64_t retries = 0;  ///< that were of no use
  Position position{};        ///< of the collection then: a note about another place is an old one
  Timestamp noted_at{};
  Error error{};  ///< code, during, where, detail and at are kept
};

/// A collection's part of a batch.
struct CollectionBatch {
  const CollectionShape* shape;
  std::string name;  ///< the shape's name, or another one for a rebuild
  std::vector<DocumentWrite> writes;
  Position from{};  ///< the checkpoint that the batch continues
  Checkpoint to{};
  /// Put before `writes`. A document of the same key is replaced, but at a cost: the engine looks for none before it
  /// makes the indexes.
  AppendedDocuments appended{};
};

/// Documents in the order of `_id`, as a collection has them, whatever shape it has now.
struct ScannedPage {
  struct Document {
    std::string id;
    std::string organization;
    std::vector<std::string> values;  ///< by `fields`, as JSON; empty: the document has none
  };
  std::vector<std::string> fields;
  std::vector<Document> documents;
};

/// Of a disk, in bytes.
struct RoomNeeded {
  std::uint64_t needed = 0;     ///< about: what the collection takes, and a quarter for the sorting of its indexes
  std::uint64_t available = 0;  ///< on the disk, and in the file where documents were before or a kept collection is
};

/// The name under which the collection that another one has replaced is kept.
inline std::string kept_name(std::string_view name) { return std::string{name} + "__kept"; }

/// Who waits for work on collections.
struct WorkWatch {
  /// Whether commit, finish and replace should end without their result. Called again and again from the thread that
  /// works. It must not throw.
  std::function<bool()> is_stopped{};
  /// Called from finish and replace: the part of the indexes that is made, 0 to 1. It must not throw.
  std::function<void(double part)> on_indexes{};
};

/// Threads: one at a time.
class Collections {
 public:
  virtual ~Collections() = default;

  /// Absent if the collection does not exist.
  virtual Result<std::optional<Checkpoint>> checkpoint(std::string_view name) = 0;

  /// Makes the collection, empty and without indexes; an existing one of that name is dropped first.
  virtual Result<void> create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) = 0;

  /// Watches the calls that follow, until another watch takes its place.
  virtual void watch(WorkWatch watch) = 0;

  /// Writes all batches with their checkpoints, all or nothing.
  /// Errors: locked (a checkpoint differs from the beginning of the batch: another worker has moved it; or `to` has the
  /// fingerprint of other code than the collection's), stopped, io_failed, out_of_space.
  virtual Result<void> commit(std::span<const CollectionBatch> batches) = 0;

  /// Makes the indexes of the collection `name` of `shape`, which was being built and has come to `at`; does nothing if
  /// another worker has made them. Each is made in a transaction of its own. After an error the indexes that were made
  /// stay, and the next call makes the rest. Errors: locked, if the collection is at another place; as commit.
  virtual Result<void> finish(const CollectionShape& shape, std::string_view name, Position at) = 0;
  Result<void> finish(const CollectionShape& shape, Position at) { return finish(shape, shape.name, at); }

  /// Puts the collection `replacement` in the place of `shape.name`, with its indexes, in one transaction, and keeps
  /// the one that was there under kept_name(). Cost: that of some names, if `replacement` was finished; otherwise its
  /// indexes are made within the transaction, and a kept one of before is dropped. Errors: not_found; as commit.
  virtual Result<void> replace(const CollectionShape& shape, std::string_view replacement) = 0;

  /// Puts the kept collection in its place again, with its checkpoint, and keeps the one that was there, in one
  /// transaction. Cost: that of some names. Errors: not_found, if none is kept; as commit.
  virtual Result<void> roll_back(std::string_view name) = 0;

  /// At most `limit` documents of the collection `name`, of all organizations, whose `_id` comes after `after`. Fields
  /// that `shape` has are shown by its types. Two collections that are scanned with one shape show equal values by
  /// equal texts. Errors: not_found; as find.
  virtual Result<ScannedPage> scan(const CollectionShape& shape, std::string_view name, std::string_view after,
                                   std::size_t limit) = 0;

  /// Until release_snapshot(), all that this object reads is of one moment, whatever other processes write meanwhile;
  /// this object writes nothing. Errors: io_failed, locked.
  virtual Result<void> hold_snapshot() = 0;
  /// Does nothing without a snapshot.
  virtual void release_snapshot() = 0;

  /// The room that another collection of the size of `name`, which need not exist, would take. Cost: reads the pages of
  /// the collection once. Errors: io_failed.
  virtual Result<RoomNeeded> room_for_rebuild(std::string_view name) = 0;

  /// Makes the collection `name` as create does, with the documents of the collection `from`, which stays as it is.
  /// Both may be the same. Fields are taken by their names; a new one gets its default, or no value if it is optional.
  /// In one transaction. Errors: not_found; unreadable_schema, naming a field that has another type in `from`, or that
  /// is new and has neither.
  virtual Result<void> copy(const CollectionShape& shape, std::string_view from, std::string_view name,
                            const Checkpoint& start) = 0;

  virtual Result<void> drop(std::string_view name) = 0;

  /// Notes why the collection `name`, which need not exist, does not go on; without a value, that it does. create, drop
  /// and replace leave notes as they are. Errors: as commit.
  virtual Result<void> note_trouble(std::string_view name, const std::optional<Trouble>& trouble) = 0;

  /// What was noted last; absent where nothing was.
  virtual Result<std::optional<Trouble>> trouble(std::string_view name) = 0;

  /// Returns when all that was committed is on the disk.
  virtual Result<void> sync() = 0;

  /// The number of documents in the collection. Cost: none, where this build wrote the collection's last batch.
  virtual Result<std::uint64_t> count(std::string_view name) = 0;

  /// Removes documents whose `created_at` (or, if they have none, `timestamp`) is before `moment`; gives their number.
  virtual Result<std::uint64_t> expire(const CollectionShape& shape, Timestamp moment) = 0;

  // Questions, each about one organization's documents in the collection `shape.name`.
  // Errors of all: invalid_argument (a field that the shape does not have, a value or a condition that does not fit the
  // field, a limit of 0); not_found where the collection or its index of words or places was not made yet; io_failed.

  virtual Result<DocumentPage> find(const CollectionShape& shape, std::string_view organization,
                                    const DocumentQuery& query) = 0;

  /// The number of documents that fulfil `where`.
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
