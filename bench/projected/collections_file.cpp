#include <bench/projected/checked.hpp>
#include <bench/projected/collections_file.hpp>
#include <src/collections/sqlite/words_function.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace bench {
namespace {

constexpr std::size_t transaction_rows = 10'000;

// Those of eventstore's own connection, the smaller pieces in which indexes are sorted included: see
// docs/inside/projection-speed.md.
constexpr const char* settings =
    "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;"
    "PRAGMA wal_autocheckpoint = 8192;";
constexpr const char* settings_for_indexes = "PRAGMA cache_size = -4096;";

}  // namespace

CollectionsFile::CollectionsFile(const std::filesystem::path& file, const CollectionsLayout& layout)
    : layout_{layout}, connection_{file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE} {
  connection_.run(settings);
  checked(eventstore::engine::sqlite::add_words_function(connection_.raw()));
  for (const auto& table : layout_.tables) connection_.run(table.create.c_str());
  connection_.run("BEGIN IMMEDIATE");
}

const std::vector<std::string>& CollectionsFile::columns(std::string_view table) const {
  const auto found = std::ranges::find(layout_.tables, table, &CollectionTable::name);
  if (found == layout_.tables.end()) throw std::runtime_error{fmt::format("there is no table {}", table)};
  return found->columns;
}

std::string CollectionsFile::insert_sql(std::string_view table) const {
  std::string names;
  std::string places;
  for (const auto& column : columns(table)) {
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", column);
    places += places.empty() ? "?" : ", ?";
  }
  return fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", table, names, places);
}

void CollectionsFile::row_written() {
  if (++rows_ < transaction_rows) return;
  connection_.run("COMMIT; BEGIN IMMEDIATE");
  rows_ = 0;
}

void CollectionsFile::finish() {
  connection_.run("COMMIT");
  connection_.run(settings_for_indexes);
  for (const auto& sql : layout_.indexes) connection_.run(sql.c_str());
  connection_.run("PRAGMA journal_mode = DELETE");
}

}  // namespace bench
