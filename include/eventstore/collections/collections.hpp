#pragma once
// The place of documents. Only projections write through this interface; programs ask through it.
#include <eventstore/collections/appended_documents.hpp>
#include <eventstore/collections/certificate.hpp>
#include <eventstore/collections/document_write.hpp>
#include <eventstore/collections/query.hpp>
#include <eventstore/collections/set_aside_event.hpp>
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
  /// Of a place without transactions: a batch up to there was begun, and may be there in part. The next batch ends
  /// there.
  std::optional<Position> begun{};
  /// Events up to `position` that the collection is without. Collections count them: what they are given is ignored.
  SetAsideCounts set_aside{};
};

/// How fast a worker moves a collection on. For people: no run depends on it.
struct Pace {
  double events_per_second = 0;
  Timestamp noted_at{};
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
  /// Events that the documents are without. One of a position that the collection has already takes its place.
  std::vector<SetAsideEvent> set_aside{};
  /// Positions of events that were set aside, and that the documents have now.
  std::vector<Position> settled{};
  std::optional<Pace> pace{};  ///< absent: what was noted stays
  /// The events after `from` that the batch was made of: added to those of the collection's certificate.
  std::vector<TypeCount> folded{};
  /// `_id`s of documents that are removed before any is written, if they are there. Not in a place that cannot list its
  /// documents. Where there are any, no digest is kept afterwards: they may have been changed by hand.
  std::vector<std::string> gone{};
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

/// The documents that two collections do not have alike, each side in the order of `_id`. A document may be listed on
/// both sides although its texts are equal.
struct DifferingDocuments {
  std::uint64_t same = 0;  ///< documents that are not listed, because they are the same
  ScannedPage before{};
  ScannedPage after{};
};

/// Of a disk, in bytes.
struct RoomNeeded {
  std::uint64_t needed = 0;     ///< about: what the collection takes, and a quarter for the sorting of its indexes
  std::uint64_t available = 0;  ///< on the disk, and in the file where documents were before or a kept collection is
  std::uint64_t kept = 0;       ///< of `available`: where the kept collection of that name is
};

/// The bytes that a collection takes where it stands.
struct CollectionSize {
  struct OfIndex {
    std::string name{};
    std::uint64_t bytes = 0;

    friend bool operator==(const OfIndex&, const OfIndex&) = default;
  };
  std::uint64_t document_bytes = 0;
  std::vector<OfIndex> indexes{};  ///< in the order of their names

  [[nodiscard]] std::uint64_t index_bytes() const {
    std::uint64_t all = 0;
    for (const auto& index : indexes) all += index.bytes;
    return all;
  }
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

  /// The names of all collections, those that are being built or kept included, in their order. Errors: as checkpoint.
  virtual Result<std::vector<std::string>> names() = 0;

  /// Makes the collection, empty and without indexes; an existing one of that name is dropped first.
  virtual Result<void> create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) = 0;

  /// Watches the calls that follow, until another watch takes its place.
  virtual void watch(WorkWatch watch) = 0;

  /// Writes all batches with their checkpoints, and with what each says of events that are set aside, all or nothing. A
  /// batch may end where it begins.
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
  /// indexes are made within the transaction, and a kept one of before is dropped. What has expired in `shape.name`
  /// goes from the replacement, too. Errors: not_found; as commit.
  virtual Result<void> replace(const CollectionShape& shape, std::string_view replacement) = 0;

  /// Puts the kept collection in its place again, with its checkpoint, and keeps the one that was there, in one
  /// transaction, at the cost of some names. The later moment of expire stays. Errors: not_found, if none; as commit.
  virtual Result<void> roll_back(std::string_view name) = 0;

  /// At most `limit` documents of the collection `name`, of all organizations, whose `_id` comes after `after`. Fields
  /// that `shape` has are shown by its types. Two collections that are scanned with one shape show equal values by
  /// equal texts. Errors: not_found; invalid_argument, where the place cannot list its documents; as find.
  virtual Result<ScannedPage> scan(const CollectionShape& shape, std::string_view name, std::string_view after,
                                   std::size_t limit) = 0;

  /// Looks for the documents that the collections `before`, which has its indexes, and `after` do not have alike, in
  /// the cheapest way that the place knows. Absent where it knows none but two scans, where more than `documents_max`
  /// documents differ, or where documents of `after` have one id because its index is not made yet: then ask scan,
  /// after order_by_id. Errors: not_found; as find. Cost: reads both collections once, in whatever order is the
  /// fastest; at most some ten megabytes, and the documents that it lists.
  virtual Result<std::optional<DifferingDocuments>> differing(const CollectionShape& /*shape*/,
                                                              std::string_view /*before*/, std::string_view /*after*/,
                                                              std::size_t /*documents_max*/) {
    return std::optional<DifferingDocuments>{};
  }

  /// Lets scan find the documents of the collection `name`, which is being built and has come to `at`, in the order of
  /// their ids. Errors: as finish. Cost: that of one index at most, where the place can make it alone.
  virtual Result<void> order_by_id(const CollectionShape& shape, std::string_view name, Position at) {
    return finish(shape, name, at);
  }

  /// Until release_snapshot(), all that this object reads is of one moment, whatever other processes write meanwhile;
  /// this object writes nothing. Errors: io_failed, locked.
  virtual Result<void> hold_snapshot() = 0;
  /// Does nothing without a snapshot.
  virtual void release_snapshot() = 0;

  /// The room that another collection of the size of `name`, which need not exist, would take. Cost: reads the pages of
  /// the collection once. Errors: io_failed.
  virtual Result<RoomNeeded> room_for_rebuild(std::string_view name) = 0;

  /// Whether there is room for another copy of all collections together, so that nobody has to ask for the room of
  /// each. False where the place cannot tell at once. Cost: a look at the disk.
  virtual Result<bool> has_room_for_all() { return false; }

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

  /// The events that the collection `name` is without because its projection gave an error at them, in the order of
  /// positions; none, where it does not exist. create and drop forget them, replace takes those of the replacement, and
  /// copy copies them.
  virtual Result<std::vector<SetAsideEvent>> set_aside(std::string_view name) = 0;

  /// What the collection was made of, and the digest of its documents as it is kept with each change. create and copy
  /// begin it anew, replace takes that of the replacement, roll_back that of the kept collection. Errors: not_found; as
  /// find. Cost: reads no document, but in memory, where the digest is made at each call.
  virtual Result<Certificate> certificate(std::string_view name) = 0;

  /// The digest of the documents as they are now: one that was changed by hand shows by it. Fields go by the names that
  /// the collection has for them, by the types of `shape` where that has them. Errors: not_found; invalid_argument,
  /// where the place cannot list its documents; stopped, by the watch; as find. Cost: reads the collection once.
  virtual Result<Digest128> compute_digest(const CollectionShape& shape, std::string_view name) = 0;

  /// Makes the digest as compute_digest does, and keeps it from then on: for a collection that was built without one.
  /// While it is being built nothing is kept. Errors: as compute_digest and commit. Cost: reads the collection once,
  /// while nobody else writes.
  virtual Result<Digest128> keep_digest(const CollectionShape& shape, std::string_view name) = 0;

  /// The pace that was noted last with a batch of the collection `name`; absent where none was.
  virtual Result<std::optional<Pace>> pace(std::string_view name) = 0;

  /// Returns when all that was committed is on the disk.
  virtual Result<void> sync() = 0;

  /// Leaves nothing, in the files of the collections, of what documents were before: of values that were replaced, and
  /// of documents and collections that are gone. What the collections have now stays as it is, and is on the disk. It
  /// reaches no copy of the files, and no place that a file had on the disk before. After an error, or a kill, all
  /// documents are there, something of what they were may be too, and the next call does the whole work. Errors:
  /// locked, where another program writes, or still reads what was before; out_of_space; read_only; stopped, by the
  /// watch; invalid_argument, while a snapshot is held; io_failed. Cost: reads and writes all collections once, while
  /// nobody else writes; the room for two copies of them.
  virtual Result<void> purge() = 0;

  /// The number of documents in the collection. Cost: none, where this build wrote the collection's last batch.
  virtual Result<std::uint64_t> count(std::string_view name) = 0;

  /// The bytes that the documents of the collection `name`, of all organizations, and each of its indexes take. Errors:
  /// not_found; invalid_argument, where the place cannot tell; as find. Cost: looks at each page of the collection
  /// once.
  virtual Result<CollectionSize> size(std::string_view name) = 0;

  /// Removes documents of the collection `name` that are older than `moment`, by the field that the shape names, at
  /// most `documents_max` (1 at least) of them; gives their number. If it is less than that, none is left. The
  /// collection remembers the latest moment: documents older than that go, too, and replace removes them from what
  /// takes the collection's place. All in one transaction, with the number of documents. Errors: not_found;
  /// invalid_argument, as CollectionShape::keep_since_column; as commit. Cost: the documents removed, where the field
  /// has an index of its own and that was made; otherwise reads the documents before the last of them.
  virtual Result<std::uint64_t> expire(const CollectionShape& shape, std::string_view name, Timestamp moment,
                                       std::size_t documents_max) = 0;

  /// The latest moment of expire; absent where nothing has expired. create and drop forget it, copy takes that of
  /// `from`, and replace keeps it.
  virtual Result<std::optional<Timestamp>> expired_before(std::string_view name) = 0;

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
