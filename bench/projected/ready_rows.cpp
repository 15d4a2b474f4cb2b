#include <bench/projected/ready_rows.hpp>

#include <fmt/format.h>

namespace bench {

ReadyRows::ReadyRows(const std::filesystem::path& file, const CollectionsLayout& layout) {
  SqliteConnection connection{file, SQLITE_OPEN_READONLY};
  for (const auto& each : layout.tables) {
    auto& table = tables_.emplace_back(Table{each.name, static_cast<int>(each.columns.size())});
    std::string names;
    for (const auto& column : each.columns) names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", column);
    SqliteStatement row{connection, fmt::format("SELECT {} FROM \"{}\"", names, each.name).c_str()};
    while (row.step())
      for (int i = 0; i < table.columns; ++i) {
        Cell cell{sqlite3_column_type(row.raw(), i), 0, {0}};
        if (cell.type == SQLITE_INTEGER) {
          cell.integer = sqlite3_column_int64(row.raw(), i);
        } else if (cell.type == SQLITE_FLOAT) {
          cell.real = sqlite3_column_double(row.raw(), i);
        } else if (cell.type != SQLITE_NULL) {
          const auto text = row.text(i);
          cell.at = table.texts.size();
          cell.size = static_cast<std::uint32_t>(text.size());
          table.texts += text;
        }
        table.cells.push_back(cell);
      }
  }
}

void ReadyRows::bind(SqliteStatement& row, int place, const Cell& cell, const std::string& texts) {
  switch (cell.type) {
    case SQLITE_NULL: return row.bind_null(place);
    case SQLITE_INTEGER: return row.bind(place, cell.integer);
    case SQLITE_FLOAT: return row.bind(place, cell.real);
    case SQLITE_BLOB: return row.bind(place, eventstore::as_bytes({texts.data() + cell.at, cell.size}));
    default: return row.bind(place, std::string_view{texts.data() + cell.at, cell.size});
  }
}

void ReadyRows::write(CollectionsFile& to) const {
  for (const auto& table : tables_) {
    SqliteStatement row{to.connection(), to.insert_sql(table.name).c_str()};
    const auto columns = static_cast<std::size_t>(table.columns);
    for (std::size_t first = 0; first < table.cells.size(); first += columns) {
      for (int i = 0; i < table.columns; ++i)
        bind(row, i, table.cells[first + static_cast<std::size_t>(i)], table.texts);
      row.run();
      to.row_written();
    }
  }
}

}  // namespace bench
