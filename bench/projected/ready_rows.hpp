#pragma once
// The `limit` of a projection: rows that are there already, and SQLite alone.
#include <bench/projected/collections_file.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// The rows of all collections of a file, in memory, in the order of their tables. Throws std::runtime_error.
class ReadyRows {
 public:
  ReadyRows(const std::filesystem::path& file, const CollectionsLayout& layout);

  /// Puts all rows into the empty tables of `to`.
  void write(CollectionsFile& to) const;

 private:
  struct Cell {
    int type;
    std::uint32_t size;  // of a text
    union {
      std::int64_t integer;
      double real;
      std::uint64_t at;  // of a text
    };
  };
  struct Table {
    std::string name;
    int columns = 0;
    std::vector<Cell> cells{};
    std::string texts{};
  };
  static void bind(SqliteStatement& row, int place, const Cell& cell, const std::string& texts);

  std::vector<Table> tables_;
};

}  // namespace bench
