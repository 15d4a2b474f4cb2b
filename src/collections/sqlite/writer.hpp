#pragma once
// Private to the SQLite engine: writes the documents of one collection. A table that is being built has no index: its
// writer knows the rows of its documents, or makes the index of `_id` when they are too many to know.
#include "bind.hpp"
#include "certificates.hpp"
#include "counts.hpp"
#include "digest_keeper.hpp"
#include "key_rows.hpp"
#include "map_parts.hpp"
#include "statements.hpp"

#include <eventstore/collections/collections.hpp>
#include <memory>

namespace eventstore::engine::sqlite {

class TableWriter {
 public:
  /// `connection` outlives the writer; `shape` need not: writers are kept from one run to the next. Errors: as
  /// SQLite's.
  static Result<std::unique_ptr<TableWriter>> open(sqlite3* connection, const CollectionShape& shape,
                                                   std::string_view collection, bool is_building);

  /// Whether nobody else has changed the table since this writer's last batch.
  [[nodiscard]] Result<bool> is_current(const CollectionShape& shape, bool is_building, std::uint64_t changes) const;

  /// Writes a batch's documents within a transaction. `keys_bytes_max` bounds what the writer may know of rows.
  /// After an error the writer is of no use.
  Result<void> write(const CollectionBatch& batch, std::size_t keys_bytes_max);
  /// The transaction was committed, as the `changes`th of the table.
  Result<void> committed(std::uint64_t changes);

  /// Of the collection: what a transaction that writes it keeps, too.
  [[nodiscard]] CertificateWriter& certificate() { return certificate_; }
  [[nodiscard]] DigestKeeper& digest() { return digest_; }

  /// The documents that write() has added, less those that it removed.
  [[nodiscard]] std::int64_t added() const { return added_; }
  [[nodiscard]] std::size_t keys_bytes() const { return rows_ ? rows_->bytes() : 0; }

 private:
  using Kind = TableStatements::Kind;
  struct Keyed {
    Uuid id;
    std::int64_t row;  // 0: none, or looked up by the id
    const DocumentWrite* write;
  };

  // A document's bytes, whose maps in the columns `in_parts` are empty because their entries are written apart.
  struct Row {
    std::string_view organization;
    BytesView document;
    HeldDocument::Columns in_parts{};
  };

  // A document as the table has it.
  struct Stored {
    std::string organization;
    Bytes bytes;
  };

  TableWriter(sqlite3* connection, const CollectionShape& shape, std::string_view collection, std::string table,
              bool is_building)
      : collection_{collection},
        statements_{connection, shape, std::move(table), collection_},
        certificate_{connection, collection},
        digest_{connection, shape, collection},
        is_building_{is_building} {}

  Result<void> know_rows(std::size_t bytes_max);
  Result<void> make_index();
  [[nodiscard]] std::vector<Keyed> in_order(const std::vector<DocumentWrite>& writes) const;

  Result<void> append(const AppendedDocuments::Document& document);
  Result<void> write(const Keyed& keyed);
  Result<void> put(const Uuid& id, const DocumentWrite& write);
  Result<void> put(const Uuid& id, const Row& row);
  Result<void> replace_row(std::int64_t number, const Row& row);
  Result<void> insert(const Uuid& id, const Row& row, const DocumentWrite* sums);
  Result<void> bind(Statement& statement, const Row& row);
  Result<void> increment(const Uuid& id, const DocumentWrite& write);
  Result<void> change(const Uuid& id, const DocumentWrite& write);
  // None if there is no such document.
  Result<std::optional<Stored>> document_of(const Uuid& id);
  Result<void> patch(const Uuid& id, const DocumentWrite& write);
  Result<void> remove(const Uuid& id);
  Result<void> remove(const std::string& id);

  // 0: there is no such document.
  Result<std::int64_t> row_of(const Uuid& id);

  std::string collection_;
  TableStatements statements_;
  CertificateWriter certificate_;
  DigestKeeper digest_;
  std::optional<MapParts> parts_{};  // where large maps stand in parts
  bool is_building_;
  bool has_index_ = true;            // of _id
  std::unique_ptr<KeyRows> rows_{};  // of all documents, where there is no index and a document has been looked up
  std::int64_t added_ = 0;
  std::uint64_t changes_ = 0;
  std::int64_t schema_ = 0;  // SQLite's number of it, which VACUUM changes too: rows may get other numbers then
  BoundTexts texts_;
  Bytes memory_;
  std::string json_;
};

}  // namespace eventstore::engine::sqlite
