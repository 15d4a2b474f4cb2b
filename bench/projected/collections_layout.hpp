#pragma once
// The tables of a collections file, for engines that make the same file in their own way.
#include <bench/peers/sqlite_statement.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

struct CollectionTable {
  std::string name;
  std::string create;                ///< its CREATE TABLE
  std::vector<std::string> columns;  ///< that a writer gives: _id, organization_id and the document's fields
};

/// What eventstore made, as the file's own catalog has it.
struct CollectionsLayout {
  std::vector<CollectionTable> tables;
  std::vector<std::string>
      indexes;  ///< SQL that makes and fills all indexes, and makes views, once the tables are full
};

/// The layout of the collections file `file`. Throws where it cannot be read, or has an index that cannot be filled.
CollectionsLayout layout_of(const std::filesystem::path& file);

/// Throws unless both files have the same tables and indexes, and the same documents, found by _id, with equal columns.
/// Columns that only number rows (their names begin with _) may differ.
void require_same_collections(const std::filesystem::path& expected, const std::filesystem::path& found);

}  // namespace bench
