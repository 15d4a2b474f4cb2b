// Batches: what each kind of write does, all or nothing, and one worker at a time.
#include "collections/library.hpp"

using namespace library;

namespace {

es::DocumentWrite increment(const Library& library, string key, int64_t copies, double rating) {
  auto document = book("born of an increment");
  document.copies = copies;
  document.rating = rating;
  return {es::DocumentWrite::Kind::increment,
          std::move(key),
          "org-1",
          es::encode(document),
          {{library.shape.column("copies"), {}}, {library.shape.column("rating"), {}}}};
}

es::DocumentWrite bad() { return {es::DocumentWrite::Kind::put, "bad", "org-1", es::Bytes(3), {}}; }

}  // namespace

TEST_CASE("a put replaces the whole document and keeps its row", "[collections][commit]") {
  Library library;
  auto first = book("first");
  first.subtitle = "with a subtitle";
  library.write({put("1", first)});
  const auto row = library.row("SELECT _row FROM books");
  library.write({put("1", book("second"))});
  CHECK(library.row("SELECT _row FROM books") == row);
  CHECK(library.texts("SELECT title || ifnull(subtitle, ' without') FROM books") ==
        std::vector<string>{"second without"});
}

TEST_CASE("a patch sets the fields that it names, where the document is there", "[collections][commit]") {
  Library library;
  library.write({put("1", book("one"))});
  const auto patch = [&](string key) {
    return es::DocumentWrite{es::DocumentWrite::Kind::patch,
                             std::move(key),
                             "org-1",
                             {},
                             {field(library.shape, "subtitle", optional<string>{"patched"}),
                              field(library.shape, "edition_year", int64_t{2001}),
                              field(library.shape, "created_at", noon.plus_seconds(1))}};
  };
  library.write({patch("1"), patch("none")});
  CHECK(library.texts("SELECT title || ' ' || subtitle || ' ' || edition_year || ' ' || created_at FROM books") ==
        std::vector<string>{"one patched 2001 2026-01-27T12:00:01.000000Z"});
}

TEST_CASE("an increment adds to the document, or becomes it", "[collections][commit]") {
  Library library;
  library.write({increment(library, "1", 3, 0.5)});
  library.write({increment(library, "1", 4, 1)});
  const auto row = library.row("SELECT copies, rating, title FROM books");
  CHECK(row == es::SqlRow{int64_t{7}, 1.5, string{"born of an increment"}});
}

TEST_CASE("a removal removes, and does nothing where nothing is", "[collections][commit]") {
  Library library;
  library.write({put("1", book("one")), put("2", book("two"))});
  library.write({removal("1"), removal("none")});
  CHECK(library.texts("SELECT title FROM books") == std::vector<string>{"two"});
  CHECK(*library.collections->count("books") == 1);
}

TEST_CASE("a bad write in the second of two batches leaves no trace of the first", "[collections][commit]") {
  Library library;
  const auto other = es::CollectionShape::of("others", es::schema_of<Book>(), {}, 0);
  REQUIRE(library.collections->create(other, "others", {}));
  const std::vector<es::CollectionBatch> both{
      library.batch({put("1", book("one"))}),
      {&other, "others", {put("2", book("two")), bad()}, {}, {es::Position{1}}}};
  const auto committed = library.collections->commit(both);
  REQUIRE_FALSE(committed);
  CHECK(committed.error().code == es::Errc::corrupt_record);
  for (const auto* const name : {"books", "others"}) {
    CHECK(*library.collections->count(name) == 0);
    CHECK((*library.collections->checkpoint(name))->position == es::Position{0});
  }
  library.write({put("1", book("one"))});
  CHECK(*library.collections->count("books") == 1);
}

TEST_CASE("a checkpoint that another worker has moved locks the batch out", "[collections][commit]") {
  Library library;
  const auto rival = open(library.path);
  const auto mine = library.batch({put("1", book("mine"))});
  const auto theirs = library.batch({put("1", book("theirs"))});
  REQUIRE(rival->commit({&theirs, 1}));
  const auto committed = library.collections->commit({&mine, 1});
  REQUIRE_FALSE(committed);
  CHECK(committed.error().code == es::Errc::locked);
  CHECK(committed.error().where == "books");
  CHECK(library.texts("SELECT title FROM books") == std::vector<string>{"theirs"});
}

TEST_CASE("a checkpoint keeps all that it was given", "[collections][commit]") {
  Library library;
  const auto store = es::Uuid::v5(es::Uuid{}, "store");
  const es::Checkpoint to{es::Position{1ULL << 40U}, ~std::uint64_t{0}, store, "first", false};
  const es::CollectionBatch batch{&library.shape, "books", {}, {}, to};
  REQUIRE(library.collections->commit({&batch, 1}));
  const auto found = *library.collections->checkpoint("books");
  REQUIRE(found);
  CHECK(found->position == to.position);
  CHECK(found->checksum == to.checksum);
  CHECK(found->store_id == store);
  CHECK(found->fingerprint == "first");
  CHECK_FALSE(*library.collections->checkpoint("others"));
}

TEST_CASE("a shape may be gone when the next batch is written", "[collections][commit]") {
  Library library;
  for (const auto* const title : {"first", "second"}) {
    const auto shape = std::make_unique<es::CollectionShape>(books());
    auto batch = library.batch({put(title, book(title))});
    batch.shape = shape.get();
    REQUIRE(library.collections->commit({&batch, 1}));
    ++library.position;
  }
  CHECK(*library.collections->count("books") == 2);
}

TEST_CASE("expiry removes what was created before a moment, for good", "[collections][commit]") {
  Library library;
  auto old = book("old");
  old.created_at = noon.plus_seconds(-1);
  library.write({put("1", old), put("2", book("at noon"))});
  const auto expired = library.collections->expire(library.shape, library.shape.name, noon, 1000);
  REQUIRE(expired);
  CHECK(*expired == 1);
  CHECK(library.texts("SELECT title FROM books") == std::vector<string>{"at noon"});
  CHECK(
      library.texts("SELECT title FROM books WHERE _row IN (SELECT rowid FROM books_text WHERE books_text MATCH 'old')")
          .empty());
}

namespace {
struct Hourly {
  EVENTSTORE_FIELDS(Hourly, (int64_t, count), (es::Timestamp, timestamp));
};
}  // namespace

TEST_CASE("documents that have no created_at are as old as their timestamp", "[collections][commit]") {
  const auto shape = es::CollectionShape::of("hourly", es::schema_of<Hourly>(), {}, 1);
  const auto collections = open(":memory:");
  REQUIRE(collections->create(shape, "hourly", {}));
  const auto hour = [](string key, es::Timestamp time) {
    return es::DocumentWrite{es::DocumentWrite::Kind::put, std::move(key), "org-1", es::encode(Hourly{1, time}), {}};
  };
  const es::CollectionBatch batch{
      &shape, "hourly", {hour("a", noon.plus_seconds(-3600)), hour("b", noon)}, {}, {es::Position{1}}};
  REQUIRE(collections->commit({&batch, 1}));
  CHECK(*collections->expire(shape, shape.name, noon, 1000) == 1);
  CHECK(*collections->count("hourly") == 1);
}
