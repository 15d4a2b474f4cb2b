#pragma once
// Private to the SQLite engine: the entries of large maps, each a row of its own, so that a document that is large and
// changes little is not written whole.
#include "connection.hpp"

#include <eventstore/collections/document_write.hpp>
#include <eventstore/collections/shape.hpp>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace eventstore::engine::sqlite {

/// A map with more entries stands in parts. A smaller one is as quickly written whole, and read without them.
inline constexpr std::size_t entries_of_whole_maps_max = 256;

/// So many entries of the documents that were written last are kept, to tell what the next ones change: some 100 MB,
/// where the aggregates' states do not share them. What changed in another document is found by reading its entries.
inline constexpr std::size_t entries_known_max = 1'000'000;

/// Writes the entries of one collection's maps. Threads: one at a time.
class MapParts {
 public:
  /// `connection` outlives this.
  MapParts(sqlite3* connection, CollectionShape shape, std::string parts_table);

  /// The columns of those maps of `document` that stand in parts.
  static HeldDocument::Columns columns_of(const HeldDocument& document) {
    return document.large_maps(entries_of_whole_maps_max);
  }

  /// Writes the entries of `columns` that are not as the table has them. The document `id` stands in `row`, with NULL
  /// in these columns. Errors: as SQLite's; corrupt_record.
  Result<void> write(const Uuid& id, std::int64_t row, std::shared_ptr<const HeldDocument> document,
                     const HeldDocument::Columns& columns);

  /// Called where the document is written in another way: what was known of its entries may be wrong.
  void forget(const Uuid& id);
  /// Whether something is known that another writer could have made wrong.
  [[nodiscard]] bool knows_documents() const { return !known_.empty(); }

 private:
  // A document as it was written. The one that was written last comes first.
  struct Known {
    Uuid id;
    std::shared_ptr<const HeldDocument> document;
    HeldDocument::Columns columns;
    std::size_t entries;
  };
  struct Entry {
    std::string key;
    std::optional<std::string> json;  // none: it goes
  };

  Result<std::vector<Entry>> changed(std::size_t column, const HeldDocument& before, const HeldDocument& document);
  Result<std::vector<Entry>> unlike_stored(std::size_t column, std::int64_t row, const HeldDocument& document);
  Result<std::string> json_of(std::size_t column, BytesView value) const;
  Result<void> write(std::size_t column, std::int64_t row, const std::vector<Entry>& entries);
  void know(Known document);
  Result<Statement*> prepared(std::optional<Statement>& statement, std::string_view sql);
  void bind(Statement& statement, std::int64_t row, std::size_t column) const;

  sqlite3* connection_;
  CollectionShape shape_;
  std::string table_;
  std::list<Known> known_;
  std::size_t entries_known_ = 0;
  std::optional<Statement> all_;
  std::optional<Statement> put_;
  std::optional<Statement> remove_;
};

}  // namespace eventstore::engine::sqlite
