#pragma once
// A collections file that is made without eventstore: same tables, same durability, indexes last.
#include <bench/projected/collections_layout.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace bench {

/// A new file with the empty tables of a layout. Rows commit 10,000 at a time. Throws std::runtime_error.
/// Threads: one at a time.
class CollectionsFile {
 public:
  /// `layout` outlives the file.
  CollectionsFile(const std::filesystem::path& file, const CollectionsLayout& layout);

  [[nodiscard]] SqliteConnection& connection() { return connection_; }
  /// The columns of `table` that a writer gives. Throws as insert_sql. Lifetime: the layout's.
  [[nodiscard]] const std::vector<std::string>& columns(std::string_view table) const;
  /// INSERT of a row of `table`, with a place for each of its columns. Throws where the layout has no such table.
  [[nodiscard]] std::string insert_sql(std::string_view table) const;
  /// Counts one row, and commits if there are enough.
  void row_written();
  /// Commits what is left, makes the indexes, a transaction each, and leaves nothing beside the file. No statement may
  /// be under way.
  void finish();

 private:
  const CollectionsLayout& layout_;
  SqliteConnection connection_;
  std::size_t rows_ = 0;  // in the transaction that is open
};

}  // namespace bench
