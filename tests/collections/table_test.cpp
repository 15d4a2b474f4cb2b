// From a described struct to a table, and from its rows back to JSON.
#include <eventstore/schema/json_document.hpp>

#include "collections/library.hpp"

using namespace library;

namespace {

Book full() {
  Book made = book("Une heure avec \"Zoë\"");
  made.subtitle = "";
  made.lent = true;
  made.shelf = -7;
  made.barcode = ~std::uint64_t{0};
  made.copies = -9'007'199'254'740'993;
  made.rating = 0.1;
  made.weight = 0.25F;
  made.isbn = *es::Uuid::parse("3f1d5c0e-8a41-5b6e-9c27-d46012eb77a3");
  made.created_at = *es::Timestamp::parse("2026-01-27T12:00:00.25Z");
  made.returned_at = *es::Timestamp::parse("1999-12-31T23:59:59Z");
  made.notes = {R"({"a":[1,null,"ü"]})"};
  made.demand = Demand::high;
  made.cover = es::Bytes{std::byte{0}, std::byte{255}, std::byte{'"'}};
  made.authors = {"Ada", "O'Brien"};
  made.pages = {{"plates", 3}, {"text", 200}};
  made.binding = Binding{"leather", true};
  made.edition = {"Éditions; DROP TABLE books", 1984};
  made.place = Place{9.99, 53.55};
  return made;
}

string canonical(const string& json) {
  es::JsonDocument document;
  const auto root = document.parse(json);
  if (!root) FAIL(root.error().message() << " in " << json);
  string text;
  root->write_canonical(text);
  return text;
}

// The JSON that a book's document has: the struct's own, in which what is flattened stands a level up, and two ids.
string expected(const string& key, const Book& made) {
  const string json = es::to_json(made);
  return canonical(R"({"_id":")" + es::document_id("books", key).to_string() + R"(","organization_id":"org-1",)" +
                   json.substr(1));
}

}  // namespace

TEST_CASE("a table has a column for each field, nullable where the field is optional", "[collections][table]") {
  const Library library;
  const auto columns = library.collections->rows(
      "SELECT name, type, \"notnull\" FROM pragma_table_info('books_rows') WHERE name <> '_row'");
  REQUIRE(columns);
  std::vector<string> found;
  for (const auto& column : *columns)
    found.push_back(std::get<string>(column[0]) + " " + std::get<string>(column[1]) +
                    (std::get<int64_t>(column[2]) == 1 ? "" : "?"));
  CHECK(found == std::vector<string>{"_id TEXT",
                                     "organization_id TEXT",
                                     "title TEXT",
                                     "subtitle TEXT?",
                                     "lent INTEGER",
                                     "shelf INTEGER",
                                     "barcode INTEGER",
                                     "copies INTEGER",
                                     "rating REAL",
                                     "weight REAL",
                                     "isbn TEXT",
                                     "created_at TEXT",
                                     "returned_at TEXT?",
                                     "notes TEXT",
                                     "demand TEXT",
                                     "cover BLOB",
                                     "authors TEXT",
                                     "pages TEXT?",
                                     "binding TEXT?",
                                     "publisher TEXT",
                                     "edition_year INTEGER",
                                     "place TEXT?"});
}

TEST_CASE("a document reads back as the JSON of what was written", "[collections][table]") {
  Library library;
  const Book rich = full();
  const Book plain = book("An empty one");
  library.write({put("rich", rich), put("plain", plain)});
  const auto found = library.documents();
  REQUIRE(found.size() == 2);
  CHECK(canonical(found[0]) == expected("plain", plain));
  CHECK(canonical(found[1]) == expected("rich", rich));
  CHECK(found[0].find("subtitle") == string::npos);
}

TEST_CASE("columns hold what a person would write in SQL", "[collections][table]") {
  Library library;
  library.write({put("rich", full())});
  const auto row = library.row(
      "SELECT isbn, created_at, authors, binding ->> 'material', demand, typeof(cover), length(cover), edition_year, "
      "lent "
      "FROM books");
  CHECK(std::get<string>(row[0]) == "3f1d5c0e-8a41-5b6e-9c27-d46012eb77a3");
  CHECK(std::get<string>(row[1]) == "2026-01-27T12:00:00.250000Z");
  CHECK(std::get<string>(row[2]) == R"(["Ada","O'Brien"])");
  CHECK(std::get<string>(row[3]) == "leather");
  CHECK(std::get<string>(row[4]) == "high");
  CHECK(std::get<string>(row[5]) == "blob");
  CHECK(std::get<int64_t>(row[6]) == 3);
  CHECK(std::get<int64_t>(row[7]) == 1984);
  CHECK(std::get<int64_t>(row[8]) == 1);
}

TEST_CASE("times sort as text, with and without a fraction", "[collections][table]") {
  Library library;
  std::vector<es::DocumentWrite> writes;
  for (const auto* const time :
       {"2026-01-27T12:00:00Z", "2026-01-27T12:00:00.000001Z", "2026-01-27T11:59:59.999999Z"}) {
    auto each = book(time);
    each.created_at = *es::Timestamp::parse(time);
    writes.push_back(put(time, each));
  }
  library.write(std::move(writes));
  CHECK(library.texts("SELECT title FROM books ORDER BY created_at") ==
        std::vector<string>{"2026-01-27T11:59:59.999999Z", "2026-01-27T12:00:00Z", "2026-01-27T12:00:00.000001Z"});
}

TEST_CASE("an id is UUIDv5 of collection and key, known before anything is written", "[collections][table]") {
  Library library;
  const auto known = es::document_id("books", "rich");
  CHECK(known.to_string()[14] == '5');
  CHECK(known != es::document_id("book", "s\nrich"));
  CHECK(known != es::document_id("others", "rich"));
  library.write({put("rich", full())});
  CHECK(library.texts("SELECT _id FROM books") == std::vector<string>{known.to_string()});
}

namespace {
struct Reserved {
  EVENTSTORE_FIELDS(Reserved, (string, select), (int64_t, order, 0), (optional<string>, group), (string, where),
                    (int64_t, values, 0), (es::Timestamp, index));
};
}  // namespace

TEST_CASE("fields may bear the names of SQL's own words", "[collections][table]") {
  const auto shape = es::CollectionShape::of("table", es::schema_of<Reserved>(),
                                             {es::index_on({"select", "order"}), es::full_text_on("where")}, 0);
  const auto collections = open(":memory:");
  REQUIRE(collections->create(shape, "table", {}));
  REQUIRE(collections->finish(shape, collections->checkpoint(shape.name)->value().position));
  const Reserved document{"all", 3, std::nullopt, "here", 4, noon};
  const es::DocumentWrite written{es::DocumentWrite::Kind::put, "k", "org-1", es::encode(document), {}};
  es::DocumentWrite added{es::DocumentWrite::Kind::increment, "k", "org-1", es::encode(document), {}};
  added.fields = {{shape.column("order"), {}}, {shape.column("values"), {}}};
  const es::DocumentWrite patched{
      es::DocumentWrite::Kind::patch, "k", "org-1", {}, {field(shape, "group", optional<string>{"by"})}};
  const es::CollectionBatch batch{&shape, "table", {written, added, patched}, {}, {es::Position{1}}};
  const auto committed = collections->commit({&batch, 1});
  if (!committed) FAIL(committed.error().message());
  const auto found = collections->documents(shape, "org-1", "WHERE organization_id = ?1 AND \"select\" = ?2", {"all"});
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK(canonical(found->front()) ==
        canonical(R"({"_id":")" + es::document_id("table", "k").to_string() +
                  R"(","organization_id":"org-1","select":"all","order":6,"group":"by","where":"here","values":8,)" +
                  R"("index":"2026-01-27T12:00:00.000000Z"})"));
}
