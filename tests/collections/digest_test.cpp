// The digest in a file: made beside the indexes, and absent where a build without digests was at work.
#include "collections/library.hpp"

using namespace library;

namespace {

std::optional<es::Digest128> kept(Library& library) {
  const auto found = library.collections->certificate("books");
  if (!found) FAIL(found.error().message());
  return found->digest;
}
es::Digest128 computed(Library& library) {
  const auto found = library.collections->compute_digest(library.shape, "books");
  if (!found) FAIL(found.error().message());
  return *found;
}
void run(Library& library, const string& sql) {
  const auto done = library.collections->rows(sql);
  if (!done) FAIL(done.error().message());
}
void reopen(Library& library) {
  library.collections.reset();
  library.collections = open(library.path);
}
void append(es::CollectionBatch& batch, const string& key, const Book& document) {
  batch.appended.add(es::document_id("books", key), key, "org-1", es::BytesView{es::encode(document)});
}

}  // namespace

TEST_CASE("a digest that was made beside the indexes is that of the documents", "[collections][digest]") {
  Library library{false};
  for (int batch = 0; batch < 5; ++batch) {
    std::vector<es::DocumentWrite> writes;
    for (int n = 0; n < 2000; ++n)
      writes.push_back(put(std::to_string(batch * 2000 + n), book("book " + std::to_string(n))));
    library.write(std::move(writes));
  }
  CHECK_FALSE(kept(library));
  REQUIRE(library.collections->finish(library.shape, es::Position{5}));
  CHECK(kept(library) == computed(library));
  library.write({removal("1"), put("2", book("another"))});
  CHECK(kept(library) == computed(library));
  reopen(library);
  CHECK(kept(library) == computed(library));
}

TEST_CASE("a digest leaves out documents that another one of their key has replaced", "[collections][digest]") {
  Library library{false};
  auto batch = library.batch({});
  append(batch, "1", book("first"));
  append(batch, "2", book("other"));
  append(batch, "1", book("second"));
  REQUIRE(library.collections->commit({&batch, 1}));
  REQUIRE(library.collections->finish(library.shape, es::Position{1}));
  CHECK(kept(library) == computed(library));
  library.position = 1;
  library.write({removal("1"), removal("2")});
  CHECK(kept(library) == es::Digest128{});
}

TEST_CASE("a stop ends the making of a digest and the next call makes it", "[collections][digest]") {
  Library library{false};
  library.write({put("1", book("one"))});
  library.collections->watch({[] { return true; }, {}});
  const auto stopped = library.collections->finish(library.shape, es::Position{1});
  if (!stopped) CHECK(stopped.error().code == es::Errc::stopped);
  library.collections->watch({});
  REQUIRE(library.collections->finish(library.shape, es::Position{1}));
  CHECK(kept(library) == computed(library));
}

TEST_CASE("a collection that a build without digests has written has none until it is made", "[collections][digest]") {
  Library library;
  library.write({put("1", book("one"))});
  REQUIRE(kept(library));
  SECTION("the build has numbered its transaction") {
    run(library, "UPDATE books_rows SET copies = 7");
    run(library, "UPDATE _counts SET changes = changes + 1");
  }
  SECTION("the build has moved the checkpoint alone") {
    run(library, "UPDATE books_rows SET copies = 7");
    run(library, "UPDATE _checkpoints SET position = 2");
    library.position = 2;
  }
  SECTION("the build has made the file") {
    for (const auto* const table : {"_certificates", "_folded_events", "_counts"})
      run(library, string{"DROP TABLE "} + table);
    const auto readable =
        es::SqliteCollections::open(library.path, es::SqliteCollections::Mode::read_only).value()->certificate("books");
    REQUIRE(readable);
    CHECK_FALSE(readable->digest);
    CHECK_FALSE(readable->events);
    reopen(library);
  }
  CHECK_FALSE(kept(library));
  library.write({put("2", book("two"))});
  CHECK_FALSE(kept(library));
  const auto digest = library.collections->keep_digest(library.shape, "books");
  REQUIRE(digest);
  CHECK(*digest == computed(library));
  CHECK(kept(library) == computed(library));
  library.write({put("3", book("three"))});
  CHECK(kept(library) == computed(library));
  CHECK_FALSE(library.collections->certificate("books")->digest == *digest);
}

TEST_CASE("events are not counted on where a build without certificates has folded some", "[collections][digest]") {
  Library library;
  auto batch = library.batch({});
  batch.folded = {{"shelf", "Filled", 3}};
  REQUIRE(library.collections->commit({&batch, 1}));
  CHECK(library.collections->certificate("books")->events == std::vector<es::TypeCount>{{"shelf", "Filled", 3}});
  run(library, "UPDATE _checkpoints SET position = 2");
  CHECK_FALSE(library.collections->certificate("books")->events);
  library.position = 2;
  library.write({});
  CHECK_FALSE(library.collections->certificate("books")->events);
}

TEST_CASE("another process that writes a collection keeps its digest", "[collections][digest]") {
  Library library;
  library.write({put("1", book("one"))});
  const auto other = open(library.path);
  for (int round = 0; round < 3; ++round) {
    auto batch = library.batch({put("2", book("by the other " + std::to_string(round)))});
    REQUIRE(other->commit({&batch, 1}));
    ++library.position;
    CHECK(kept(library) == computed(library));
    library.write({put("1", book("by this one " + std::to_string(round)))});
    CHECK(kept(library) == computed(library));
  }
}

TEST_CASE("a digest is read within a snapshot that is held", "[collections][digest]") {
  Library library;
  library.write({put("1", book("one"))});
  const auto before = computed(library);
  REQUIRE(library.collections->hold_snapshot());
  CHECK(computed(library) == before);
  const auto other = open(library.path);
  auto batch = library.batch({put("1", book("two"))});
  REQUIRE(other->commit({&batch, 1}));
  CHECK(computed(library) == before);
  CHECK(kept(library) == before);
  library.collections->release_snapshot();
  CHECK(computed(library) != before);
  CHECK(kept(library) == computed(library));
}
