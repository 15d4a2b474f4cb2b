#pragma once
// Collections in one SQLite file, one table each. A person can open it with `sqlite3` and query it with ordinary SQL.
#include <eventstore/collections/collections.hpp>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace eventstore {
inline namespace v1 {

using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string>;
using SqlRow = std::vector<SqlValue>;

/// How much memory the engine takes.
struct SqliteMemory {
  /// For the places of documents that have keys of their own while collections are built: about 30 bytes a document.
  /// Where they are more, an index is made at once and asked, which is slower in a large collection.
  std::size_t keys_bytes_max = std::size_t{192} << 20U;
};

/// Columns: _id and organization_id, then the document's fields. Numbers are INTEGER or REAL; text, enumerations, UUIDs
/// and times (RFC 3339 with six digits, which sort) are TEXT; nested records, lists, maps and free data are JSON in
/// TEXT; bytes are BLOB. The table `_checkpoints` has the position of each collection. Threads: one at a time; any
/// number of instances, in any process, on one file.
class SqliteCollections final : public Collections {
 public:
  enum class Mode : std::uint8_t { read_write, read_only };

  /// Opens the file, and makes it if it is missing (read_write). Errors: not_found (read_only), locked (read_write:
  /// another program has the file locked), io_failed, corrupt_record.
  static Result<std::unique_ptr<SqliteCollections>> open(const std::string& path, Mode mode = Mode::read_write,
                                                         SqliteMemory memory = {});
  /// Closes the file. The last one that closes it leaves nothing beside it, if it is read_write: all is in the file.
  ~SqliteCollections() override;

  Result<std::optional<Checkpoint>> checkpoint(std::string_view name) override;
  Result<std::vector<std::string>> names() override;
  Result<void> create(const CollectionShape& shape, std::string_view name, const Checkpoint& start) override;
  void watch(WorkWatch watch) override;
  Result<void> commit(std::span<const CollectionBatch> batches) override;
  using Collections::finish;
  Result<void> finish(const CollectionShape& shape, std::string_view name, Position at) override;
  Result<void> replace(const CollectionShape& shape, std::string_view replacement) override;
  Result<void> roll_back(std::string_view name) override;
  Result<ScannedPage> scan(const CollectionShape& shape, std::string_view name, std::string_view after,
                           std::size_t limit) override;
  Result<std::optional<DifferingDocuments>> differing(const CollectionShape& shape, std::string_view before,
                                                      std::string_view after, std::size_t documents_max) override;
  Result<void> order_by_id(const CollectionShape& shape, std::string_view name, Position at) override;
  Result<void> hold_snapshot() override;
  void release_snapshot() override;
  Result<RoomNeeded> room_for_rebuild(std::string_view name) override;
  Result<bool> has_room_for_all() override;
  Result<void> copy(const CollectionShape& shape, std::string_view from, std::string_view name,
                    const Checkpoint& start) override;
  Result<void> drop(std::string_view name) override;
  Result<void> note_trouble(std::string_view name, const std::optional<Trouble>& trouble) override;
  Result<std::optional<Trouble>> trouble(std::string_view name) override;
  Result<std::vector<SetAsideEvent>> set_aside(std::string_view name) override;
  Result<Certificate> certificate(std::string_view name) override;
  Result<Digest128> compute_digest(const CollectionShape& shape, std::string_view name) override;
  Result<Digest128> keep_digest(const CollectionShape& shape, std::string_view name) override;
  Result<std::optional<Pace>> pace(std::string_view name) override;
  Result<void> sync() override;
  /// One copy stands beside the file for a while, in its write-ahead log, and one in the directory for temporary
  /// files. Tables that other programs made in the file are purged with ours, with what they hold now.
  Result<void> purge() override;
  Result<std::uint64_t> count(std::string_view name) override;
  /// Counts whole pages of the file. Errors: also invalid_argument, where SQLite was built without dbstat.
  Result<CollectionSize> size(std::string_view name) override;
  Result<std::uint64_t> expire(const CollectionShape& shape, std::string_view name, Timestamp moment,
                               std::size_t documents_max) override;
  Result<std::optional<Timestamp>> expired_before(std::string_view name) override;

  Result<DocumentPage> find(const CollectionShape& shape, std::string_view organization,
                            const DocumentQuery& query) override;
  Result<std::uint64_t> count(const CollectionShape& shape, std::string_view organization,
                              const Conditions& where) override;
  Result<std::vector<Group>> group(const CollectionShape& shape, std::string_view organization,
                                   const GroupQuery& query) override;
  Result<std::vector<NearDocument>> near(const CollectionShape& shape, std::string_view organization,
                                         const NearQuery& query) override;

  /// SQLite's plan for the question, one step on each line: it names the index that SQLite uses.
  Result<std::string> explain(const CollectionShape& shape, std::string_view organization, const DocumentQuery& query);
  Result<std::string> explain(const CollectionShape& shape, std::string_view organization, const GroupQuery& query);
  Result<std::string> explain(const CollectionShape& shape, std::string_view organization, const NearQuery& query);
  /// The plan by which expire finds the documents of `shape.name` that are too old.
  Result<std::string> explain_expiry(const CollectionShape& shape);

  /// The rows of any SELECT; `?1`, `?2`… are `values`. Errors: not_found (a table was not
  /// made yet) and invalid_argument, both with SQLite's own words; io_failed.
  Result<std::vector<SqlRow>> rows(const std::string& sql, const std::vector<SqlValue>& values = {});

  /// The documents of `organization` by clauses of SQL, for what `find` cannot ask, as JSON objects: `_id`,
  /// organization_id and the fields that are not null. `clauses` follows the FROM clause's table and may join: "… WHERE
  /// organization_id = ?1 AND status = ?2 LIMIT 10", in which `?1` is the organization and `values` begin at `?2`. It
  /// must hold "organization_id = ?1". Errors: as rows; not_found where the collection does not exist yet.
  Result<std::vector<std::string>> documents(const CollectionShape& shape, std::string_view organization,
                                             const std::string& clauses, const std::vector<SqlValue>& values = {});

  struct Impl;

 private:
  explicit SqliteCollections(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace v1
}  // namespace eventstore
