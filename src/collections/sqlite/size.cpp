// The bytes of a collection, by the pages of its tables and indexes.
#include "impl.hpp"
#include "layout.hpp"

#include <map>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr const char* measuring = "measure collection";

// What has pages of its own in the file, with the table to which it belongs.
struct Stored {
  std::string name;
  std::string table;
};

// The tables of the collection are named after it: the documents, and what SQLite makes for words and places.
constexpr std::string_view stored_of_collection =
    "SELECT name, tbl_name FROM sqlite_master WHERE rootpage <> 0 AND (tbl_name = ?1 OR (substr(tbl_name, 1, "
    "length(?1) + 1) = ?1 || '_' AND substr(tbl_name, length(?1) + 2) IN ('rows', 'parts', 'text_data', 'text_idx', "
    "'text_docsize', 'text_config', 'location_node', 'location_rowid', 'location_parent', 'elements'))) ORDER BY name";

Result<std::vector<Stored>> stored_of(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(connection, stored_of_collection));
  statement.bind(1, name);
  std::vector<Stored> all;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) return all;
    all.push_back({std::string{statement.text(0)}, std::string{statement.text(1)}});
  }
}

// Of parts of documents also what SQLite adds to find them.
bool is_of_documents(const Stored& stored, std::string_view collection) {
  return stored.table == sqlite::parts_name(collection) ||
         (stored.name == stored.table && (stored.table == collection || stored.table == sqlite::rows_name(collection)));
}

// Words, places and elements have several tables, which are one index.
std::string index_of(const Stored& stored, const std::string& collection) {
  for (const auto* const side : {"_text", "_location", "_elements"})
    if (stored.table.starts_with(collection + side)) return collection + side;
  return stored.name;
}

}  // namespace

Result<CollectionSize> SqliteCollections::size(std::string_view name) {
  auto* const handle = impl_->handle();
  const std::string collection{name};
  if (sqlite3_compileoption_used("ENABLE_DBSTAT_VTAB") == 0)
    return failure(Errc::invalid_argument, measuring, collection,
                   "this SQLite was built without dbstat, and knows no sizes: use one that was built with "
                   "SQLITE_ENABLE_DBSTAT_VTAB, as Debian's is");
  EVENTSTORE_TRY_ASSIGN(const auto moment, sqlite::Moment::begin(handle));
  EVENTSTORE_TRY_ASSIGN(const bool exists, sqlite::table_exists(handle, name));
  if (!exists) return failure(Errc::not_found, measuring, collection, "no such collection");
  EVENTSTORE_TRY_ASSIGN(const auto all, stored_of(handle, name));
  EVENTSTORE_TRY_ASSIGN(auto pages, sqlite::Statement::prepare(
                                        handle, "SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name = ?1"));
  CollectionSize size{};
  std::map<std::string, std::uint64_t> indexes;
  for (const auto& stored : all) {
    pages.bind(1, std::string_view{stored.name});
    EVENTSTORE_TRY(pages.step());
    const auto bytes = static_cast<std::uint64_t>(pages.integer(0));
    pages.reset();
    if (is_of_documents(stored, name))
      size.document_bytes += bytes;
    else
      indexes[index_of(stored, collection)] += bytes;
  }
  for (const auto& [index, bytes] : indexes) size.indexes.push_back({index, bytes});
  return size;
}

}  // namespace v1
}  // namespace eventstore
