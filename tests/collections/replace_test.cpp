// A rebuilt collection takes the place of the live one.
#include "collections/library.hpp"

using namespace library;

namespace {

void build_beside(Library& library, const es::CollectionShape& shape) {
  REQUIRE(library.collections->create(shape, "books__rebuild", {{}, 0, {}, "second", true}));
  const es::CollectionBatch batch{
      &shape, "books__rebuild", {put("1", book("rebuilt"))}, {}, {es::Position{5}, 9, {}, "second", true}};
  REQUIRE(library.collections->commit({&batch, 1}));
}

}  // namespace

TEST_CASE("a replacement switches in one transaction and keeps the indexes", "[collections][replace]") {
  Library library;
  library.write({put("1", book("live")), put("2", book("live too"))});
  // Indexes of a rebuild have names of their own, and the collection that it replaces is kept.
  const auto schema =
      "SELECT replace(name, 'books__1_by', 'books_by') AS made FROM sqlite_master WHERE name NOT LIKE "
      "'sqlite_autoindex%' AND tbl_name NOT LIKE '%kept%' ORDER BY made";
  const auto before = library.texts(schema);
  build_beside(library, library.shape);
  CHECK(library.documents().size() == 2);

  const auto reader = open(library.path);
  REQUIRE(reader->rows("BEGIN"));
  REQUIRE(reader->rows("SELECT count(*) FROM books"));
  REQUIRE(library.collections->replace(library.shape, "books__rebuild"));
  CHECK(reader->rows("SELECT title FROM books")->size() == 2);  // whoever reads goes on reading what was there
  REQUIRE(reader->rows("COMMIT"));
  CHECK(reader->rows("SELECT title FROM books")->size() == 1);

  CHECK(library.texts(schema) == before);
  const auto checkpoint = *library.collections->checkpoint("books");
  REQUIRE(checkpoint);
  CHECK(checkpoint->position == es::Position{5});
  CHECK(checkpoint->fingerprint == "second");
  CHECK_FALSE(checkpoint->building);
  CHECK_FALSE(*library.collections->checkpoint("books__rebuild"));
  library.position = 5;
  auto after = library.batch({put("3", book("written after"))});
  after.to.fingerprint = "second";
  REQUIRE(library.collections->commit({&after, 1}));
  CHECK(library.texts("SELECT title FROM books WHERE _row IN (SELECT rowid FROM books_text WHERE books_text MATCH "
                      "'rebuilt OR after') ORDER BY title") == std::vector<string>{"rebuilt", "written after"});
}

TEST_CASE("a document has the same id in the live collection and beside it", "[collections][replace]") {
  Library library;
  library.write({put("1", book("live"))});
  build_beside(library, library.shape);
  CHECK(library.texts("SELECT _id FROM books") == library.texts("SELECT _id FROM books__rebuild"));
}

TEST_CASE("a replacement that is not there leaves the live one as it is", "[collections][replace]") {
  Library library;
  library.write({put("1", book("live"))});
  CHECK_FALSE(library.collections->replace(library.shape, "books__rebuild"));
  CHECK(library.documents().size() == 1);
  CHECK((*library.collections->checkpoint("books"))->position == es::Position{1});
}

TEST_CASE("a replacement may have another shape than the live one", "[collections][replace]") {
  Library library;
  library.write({put("1", book("live"))});
  const auto leaner = es::CollectionShape::of("books", es::schema_of<Book>(), {es::index_on({"title"})}, 0);
  build_beside(library, leaner);
  REQUIRE(library.collections->replace(leaner, "books__rebuild"));
  CHECK(library.texts(
            "SELECT name FROM sqlite_master WHERE name LIKE 'books%' AND tbl_name NOT LIKE '%kept%' ORDER BY name") ==
        std::vector<string>{"books", "books__1_by__id", "books__1_by_title", "books_parts", "books_parts_of_removed",
                            "books_parts_pages", "books_rows"});
}

TEST_CASE("a dropped collection is gone with its checkpoint, words and places", "[collections][replace]") {
  Library library;
  library.write({put("1", book("one"))});
  REQUIRE(library.collections->drop("books"));
  REQUIRE(library.collections->drop("books"));
  CHECK(library.texts("SELECT name FROM sqlite_master WHERE name LIKE 'books%'").empty());
  CHECK_FALSE(*library.collections->checkpoint("books"));
  REQUIRE(library.collections->create(library.shape, "books", {}));
  REQUIRE(library.collections->finish(library.shape,
                                      library.collections->checkpoint(library.shape.name)->value().position));
}

TEST_CASE("making a collection that is there begins anew", "[collections][replace]") {
  Library library;
  library.write({put("1", book("one"))});
  REQUIRE(library.collections->create(library.shape, "books", {}));
  CHECK(*library.collections->count("books") == 0);
  REQUIRE(library.collections->finish(library.shape,
                                      library.collections->checkpoint(library.shape.name)->value().position));
}
