#pragma once
// The place of documents. Only projections write through this interface; programs ask through it.
#include <eventstore/collections/appended_documents.hpp>
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
  /// Events up to `position` that the collection is without. Collections count them: what they are given is ignored.
  SetAsideCounts set_aside{};
  /// Of a place without transactions: a batch up to there was begun, and may be there in part. The next batch ends
  /// there.
  std::optional<Position> begun{};
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
};

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

  /// Writes all batches with their checkpoints, and with what each says of events that are set aside, all or nothing. A
  /// batch may end where it begins.
  /// Errors: locked (a checkpoint differs from the beginning of the batch: another worker has moved it), stopped,
  /// io_failed, out_of_space.
  virtual Result<void> commit(std::span<const CollectionBatch> batches) = 0;

  /// Makes the indexes of a collection that was being built and has come to `at`; does nothing if another worker has
  /// made them. After an error the indexes that were made stay, and the next call makes the rest. Errors: locked, if
  /// the collection is at another place; as commit.
  virtual Result<void> finish(const CollectionShape& shape, Position at) = 0;

  /// Puts the collection `replacement` in the place of `shape.name`, with its indexes, in one transaction. Errors: as
  /// commit.
  virtual Result<void> replace(const CollectionShape& shape, std::string_view replacement) = 0;

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

  /// The pace that was noted last with a batch of the collection `name`; absent where none was.
  virtual Result<std::optional<Pace>> pace(std::string_view name) = 0;

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
