// The collection that a rebuild replaced, in its file.
#include "collections/library.hpp"

using namespace library;

namespace {

// A rebuilt collection with its indexes, which has another title, as far as position 5.
void build_beside(Library& library, const string& title) {
  auto& collections = *library.collections;
  REQUIRE(collections.create(library.shape, "books__rebuild", {{}, 0, {}, "second", true}));
  const es::CollectionBatch batch{
      &library.shape, "books__rebuild", {put("1", book(title))}, {}, {es::Position{5}, 9, {}, "second", true}};
  REQUIRE(collections.commit({&batch, 1}));
  REQUIRE(collections.finish(library.shape, "books__rebuild", es::Position{5}));
}

std::vector<string> found_by(const Library& library, const string& word) {
  return library.texts(
      "SELECT title FROM books WHERE _row IN (SELECT rowid FROM books_text WHERE books_text MATCH ?1) ORDER BY title",
      {word});
}

es::DocumentWrite placed(string key, string title) {
  auto made = book(std::move(title));
  made.place = Place{1, 2};
  return put(std::move(key), made);
}

}  // namespace

TEST_CASE("the switch to a finished rebuild makes no index", "[collections][kept]") {
  Library library;
  library.write({put("1", book("live"))});
  build_beside(library, "rebuilt");
  const auto indexes = [&] {
    return library.texts("SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'books%' ORDER BY name");
  };
  const auto before = indexes();
  int told = 0;
  library.collections->watch({{}, [&](double) { ++told; }});
  REQUIRE(library.collections->replace(library.shape, "books__rebuild"));
  library.collections->watch({});
  CHECK(told == 0);
  CHECK(indexes() == before);
  CHECK(found_by(library, "rebuilt") == std::vector<string>{"rebuilt"});
}

TEST_CASE("words and places of a collection that was put back follow what is written", "[collections][kept]") {
  Library library;
  library.write({placed("1", "live"), placed("2", "gone")});
  build_beside(library, "rebuilt");
  REQUIRE(library.collections->replace(library.shape, "books__rebuild"));
  REQUIRE(library.collections->roll_back("books"));
  CHECK(found_by(library, "live OR rebuilt") == std::vector<string>{"live"});
  library.write({removal("2"), placed("3", "written after"), put("1", book("changed"))});
  CHECK(found_by(library, "live OR gone OR changed OR after") == std::vector<string>{"changed", "written after"});
  CHECK(std::get<int64_t>(library.row("SELECT count(*) FROM books_location").front()) == 1);
  CHECK(library.texts("SELECT books_text FROM books_text WHERE 0").empty());
  REQUIRE(library.collections->rows("INSERT INTO books_text(books_text) VALUES ('integrity-check')"));

  REQUIRE(library.collections->roll_back("books"));  // and forward again
  CHECK(found_by(library, "rebuilt") == std::vector<string>{"rebuilt"});
  library.position = 5;
  auto batch = library.batch({placed("4", "written to the rebuilt")});
  batch.to.fingerprint = "second";
  REQUIRE(library.collections->commit({&batch, 1}));
  CHECK(found_by(library, "rebuilt") == std::vector<string>{"rebuilt", "written to the rebuilt"});
}

TEST_CASE("a large map of a collection that was put back is whole and follows what is written", "[collections][kept]") {
  Library library;
  library.write({put("1", book("many"))});
  for (const string sql : {"INSERT INTO books_parts SELECT _row, 'pages', 'first', '7' FROM books_rows",
                           "UPDATE books_rows SET pages = NULL"})
    REQUIRE(library.collections->rows(sql));
  const auto before = library.documents();
  CHECK_THAT(before.front(), Catch::Contains(R"("pages":{"first":7})"));
  build_beside(library, "rebuilt");
  REQUIRE(library.collections->replace(library.shape, "books__rebuild"));
  CHECK(library.documents() != before);
  REQUIRE(library.collections->roll_back("books"));
  CHECK(library.documents() == before);
  library.write({removal("1")});
  CHECK(std::get<int64_t>(library.row("SELECT count(*) FROM books_parts").front()) == 0);
}

TEST_CASE("a writer that has a replaced collection open does not write to the other one", "[collections][kept]") {
  Library library;
  library.write({put("1", book("live"))});
  const auto other = open(library.path);
  const auto batch = library.batch({put("2", book("of old code"))});
  build_beside(library, "rebuilt");
  REQUIRE(library.collections->replace(library.shape, "books__rebuild"));
  CHECK(other->commit({&batch, 1}).error().code == es::Errc::locked);
  // Nor where it happens to stand at the same position.
  auto at_same = batch;
  at_same.from = es::Position{5};
  at_same.to.position = es::Position{6};
  CHECK(other->commit({&at_same, 1}).error().code == es::Errc::locked);
  at_same.to.fingerprint = "second";
  CHECK(other->commit({&at_same, 1}));
  CHECK(library.texts("SELECT title FROM books ORDER BY title") == std::vector<string>{"of old code", "rebuilt"});
}

TEST_CASE("a file that an earlier build made is switched and put back", "[collections][kept]") {
  Library library;
  library.write({put("1", book("live"))});
  // As builds before made a rebuild: its index of _id is named after it, and the file knows of no kept collections.
  build_beside(library, "rebuilt");
  for (const string sql :
       {"DROP INDEX books__1_by__id", "CREATE UNIQUE INDEX books__rebuild_by__id ON books__rebuild_rows (_id)",
        "DROP INDEX books__1_by_created_at",
        "UPDATE _checkpoints SET building = 1 WHERE collection = 'books__rebuild'"})
    REQUIRE(library.collections->rows(sql));
  library.collections = open(library.path);
  REQUIRE(library.collections->replace(library.shape, "books__rebuild"));
  CHECK(library.texts("SELECT title FROM books") == std::vector<string>{"rebuilt"});
  REQUIRE(library.collections->roll_back("books"));
  CHECK(library.texts("SELECT title FROM books") == std::vector<string>{"live"});
}

TEST_CASE("the room for a rebuild is about that of the collection", "[collections][kept]") {
  Library library;
  const auto empty = *library.collections->room_for_rebuild("books");
  std::vector<es::DocumentWrite> writes;
  for (int n = 0; n < 2000; ++n) writes.push_back(put(std::to_string(n), book(string(500, 'x'))));
  library.write(std::move(writes));
  const auto full = *library.collections->room_for_rebuild("books");
  CHECK(full.needed > empty.needed + 1'000'000);
  CHECK(full.needed < 2 * std::filesystem::file_size(library.path) + 8'000'000);
  CHECK(full.available > 0);
  CHECK(library.collections->room_for_rebuild("films")->needed == 0);
}
