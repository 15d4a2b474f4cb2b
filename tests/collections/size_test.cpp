// The size of a collection in SQLite: every page of the file belongs to one collection, or to the engine.
#include "collections/library.hpp"

#include <algorithm>

namespace size_test {

using namespace library;

namespace {

std::vector<string> index_names(const es::CollectionSize& size) {
  std::vector<string> names;
  for (const auto& index : size.indexes) names.push_back(index.name);
  return names;
}

es::CollectionSize size_of(es::SqliteCollections& collections, const string& name) {
  const auto size = collections.size(name);
  if (!size) FAIL(size.error().message());
  return *size;
}

std::vector<es::DocumentWrite> shelf(int books_count) {
  std::vector<es::DocumentWrite> writes;
  for (int n = 0; n < books_count; ++n) {
    auto made = book("The " + std::to_string(n) + "th book");
    made.place = Place{n % 180 - 90.0, n % 90 - 45.0};
    made.pages = es::Map<int64_t>{{"preface", n}};
    writes.push_back(put(std::to_string(n), made));
  }
  return writes;
}

}  // namespace

TEST_CASE("a finished collection names its indexes and one that is being built has none", "[collections][size]") {
  Library library{false};
  library.write(shelf(100));
  const auto building = size_of(*library.collections, "books");
  CHECK(building.document_bytes > 0);
  CHECK(index_names(building).empty());
  REQUIRE(library.collections->finish(library.shape, es::Position{library.position}));
  const auto names = index_names(size_of(*library.collections, "books"));
  CHECK(names.size() == library.shape.indexes.size() + 1);  // and that of _id
  for (const auto* const part : {"_location", "_text", "_by_created_at", "_by_demand_rank", "_by_publisher"})
    CHECK(std::any_of(names.begin(), names.end(), [&](const string& name) { return name.find(part) != string::npos; }));
}

TEST_CASE("what collections take is all of the file but the engine's own tables", "[collections][size]") {
  Library library;
  library.write(shelf(2000));
  const auto size = size_of(*library.collections, "books");
  const auto rest = std::get<int64_t>(
      library
          .row("SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND (name LIKE '\\_%' ESCAPE '\\' OR name "
               "LIKE 'sqlite%')")
          .front());
  const auto all = std::get<int64_t>(library.row("SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE").front());
  CHECK(size.document_bytes + size.index_bytes() + static_cast<std::uint64_t>(rest) == static_cast<std::uint64_t>(all));
  CHECK(size.document_bytes > 2000 * 50);
}

TEST_CASE("a reader of the file learns the sizes too", "[collections][size]") {
  Library library;
  library.write(shelf(50));
  const auto written = size_of(*library.collections, "books");
  auto opened = es::SqliteCollections::open(library.path, es::SqliteCollections::Mode::read_only);
  REQUIRE(opened);
  const auto read = size_of(**opened, "books");
  CHECK(read.document_bytes == written.document_bytes);
  CHECK(read.indexes == written.indexes);
}

}  // namespace size_test
