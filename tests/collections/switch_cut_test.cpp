// A process that ends in the midst of any write of a switch leaves the one collection or the other, whole; one that
// ends in any write of a batch or of an index leaves a digest that is right.
#include <sqlite3.h>
#include <sys/wait.h>
#include <cstdlib>

#include "collections/library.hpp"

using namespace library;

namespace {

int writes_left = 0;

// The last write comes to its half.
ssize_t write_or_end(int file, const void* bytes, size_t count, off_t at) {
  if (--writes_left > 0) return ::pwrite(file, bytes, count, at);
  (void)!::pwrite(file, bytes, count / 2, at);
  ::_exit(9);
}

void end_at_write(int number) {
  writes_left = number;
  auto* const files = sqlite3_vfs_find(nullptr);
  for (const auto* const call : {"pwrite", "pwrite64"})
    files->xSetSystemCall(files, call, reinterpret_cast<sqlite3_syscall_ptr>(&write_or_end));
}

// A live book and a rebuilt one with all indexes, in a file at rest.
void make(const string& path) {
  Library library;
  library.write({put("1", book("live"))});
  REQUIRE(library.collections->create(library.shape, "books__rebuild", {{}, 0, {}, "second", true}));
  const es::CollectionBatch batch{
      &library.shape, "books__rebuild", {put("1", book("rebuilt"))}, {}, {es::Position{5}, 9, {}, "second", true}};
  REQUIRE(library.collections->commit({&batch, 1}));
  REQUIRE(library.collections->finish(library.shape, "books__rebuild", es::Position{5}));
  library.collections.reset();
  std::filesystem::copy_file(library.path, path);
}

// Whether `change` came to its end in another process, which ended at its write `number`.
template <class Change> bool comes_to_end(const string& path, int number, Change change) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    auto collections = es::SqliteCollections::open(path);
    if (!collections) ::_exit(3);
    end_at_write(number);
    ::_exit(change(**collections) ? 0 : 4);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) != 0) REQUIRE(WEXITSTATUS(status) == 9);
  return WEXITSTATUS(status) == 0;
}

bool keeps_digest(es::SqliteCollections& collections) {
  const auto certificate = collections.certificate("books").value();
  return certificate.digest && *certificate.digest == collections.compute_digest(books(), "books").value();
}

// The live book's title, which its words and its checkpoint confirm.
string title_in(const string& path) {
  const auto collections = open(path);
  const auto title = std::get<string>(collections->rows("SELECT title FROM books").value().at(0).at(0));
  const auto found = collections->rows(
      "SELECT title FROM books WHERE _row IN (SELECT rowid FROM books_text WHERE books_text MATCH ?1)", {title});
  CHECK(found.value().size() == 1);
  const auto checkpoint = collections->checkpoint("books").value();
  REQUIRE(checkpoint);
  CHECK(checkpoint->fingerprint == (title == "live" ? "first" : "second"));
  CHECK(std::get<string>(collections->rows("PRAGMA integrity_check").value().at(0).at(0)) == "ok");
  auto batch =
      es::CollectionBatch{nullptr, "books", {put("2", book("written after"))}, checkpoint->position, *checkpoint};
  const auto shape = books();
  batch.shape = &shape;
  batch.to.position = checkpoint->position.next();
  CHECK(keeps_digest(*collections));
  CHECK(collections->commit({&batch, 1}));
  CHECK(keeps_digest(*collections));
  return title;
}

template <class Change>
void cut_everywhere(const string& made, const string& before, const string& after, Change change) {
  int cuts = 0;
  for (bool has_ended = false; !has_ended; ++cuts) {
    const TemporaryFolder folder;
    const auto path = folder.file("collections.sqlite");
    std::filesystem::copy_file(made, path);
    has_ended = comes_to_end(path, cuts + 1, change);
    const auto title = title_in(path);
    CAPTURE(cuts);
    CHECK((title == before || title == after));
    if (has_ended) CHECK(title == after);
  }
  CHECK(cuts > 10);
}

}  // namespace

TEST_CASE("a process that ends at any write of the switch leaves a whole collection", "[collections][kept]") {
  const TemporaryFolder folder;
  const auto made = folder.file("made.sqlite");
  make(made);
  cut_everywhere(made, "live", "rebuilt",
                 [](es::SqliteCollections& collections) { return collections.replace(books(), "books__rebuild"); });
}

TEST_CASE("a process that ends at any write of putting back leaves a whole collection", "[collections][kept]") {
  const TemporaryFolder folder;
  const auto made = folder.file("made.sqlite");
  make(made);
  REQUIRE(open(made)->replace(books(), "books__rebuild"));
  cut_everywhere(made, "rebuilt", "live",
                 [](es::SqliteCollections& collections) { return collections.roll_back("books"); });
}

TEST_CASE("a process that ends at any write of a live batch leaves the digest of the documents that are there",
          "[collections][digest]") {
  const TemporaryFolder folder;
  const auto made = folder.file("made.sqlite");
  make(made);
  const auto change = [](es::SqliteCollections& collections) {
    const auto shape = books();
    const auto checkpoint = collections.checkpoint("books").value().value();
    es::CollectionBatch batch{&shape, "books", {removal("1")}, checkpoint.position, checkpoint};
    for (int n = 2; n < 40; ++n) batch.writes.push_back(put(std::to_string(n), book("new " + std::to_string(n))));
    batch.to.position = checkpoint.position.next();
    return collections.commit({&batch, 1});
  };
  int cuts = 0;
  for (bool has_ended = false; !has_ended; ++cuts) {
    const TemporaryFolder copies;
    const auto path = copies.file("collections.sqlite");
    std::filesystem::copy_file(made, path);
    has_ended = comes_to_end(path, cuts + 1, change);
    const auto collections = open(path);
    CAPTURE(cuts);
    CHECK(keeps_digest(*collections));
    const auto documents = collections->count("books").value();
    CHECK((documents == 1 || documents == 38));
    if (has_ended) CHECK(documents == 38);
  }
  CHECK(cuts > 10);
}

TEST_CASE("a process that ends at any write of the end of building leaves a collection that the next one finishes",
          "[collections][digest]") {
  const TemporaryFolder folder;
  const auto made = folder.file("made.sqlite");
  {
    Library library{false};
    for (int n = 0; n < 20; ++n) library.write({put(std::to_string(n), book("book " + std::to_string(n)))});
    library.collections.reset();
    std::filesystem::copy_file(library.path, made);
  }
  const auto finish = [](es::SqliteCollections& collections) {
    return collections.finish(books(), "books", es::Position{20});
  };
  int cuts = 0;
  for (bool has_ended = false; !has_ended; ++cuts) {
    const TemporaryFolder copies;
    const auto path = copies.file("collections.sqlite");
    std::filesystem::copy_file(made, path);
    has_ended = comes_to_end(path, cuts + 1, finish);
    const auto collections = open(path);
    CAPTURE(cuts);
    const bool is_built = !collections->checkpoint("books").value()->building;
    if (has_ended) CHECK(is_built);
    CHECK(collections->certificate("books").value().digest.has_value() == is_built);
    REQUIRE(finish(*collections));
    CHECK(keeps_digest(*collections));
  }
  CHECK(cuts > 10);
}
