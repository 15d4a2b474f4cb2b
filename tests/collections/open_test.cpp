// Opening, and SQLite's errors as ours.
#include <sys/stat.h>

#include <fstream>

#include "collections/library.hpp"

using namespace library;
using Mode = es::SqliteCollections::Mode;

TEST_CASE("a file that is missing is made for writing, and not found for reading", "[collections][open]") {
  const TemporaryFolder folder;
  const auto missing = es::SqliteCollections::open(folder.file("none"), Mode::read_only);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == es::Errc::not_found);
  CHECK_FALSE(std::filesystem::exists(folder.file("none")));
  REQUIRE(es::SqliteCollections::open(folder.file("none")));
  CHECK(es::SqliteCollections::open(folder.file("none"), Mode::read_only));
}

TEST_CASE("a file that is made is for its owner alone and so is its log", "[collections][open]") {
  const TemporaryFolder folder;
  const auto path = folder.file("books");
  const auto mode_of = [](const std::string& file) {
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    return status.st_mode & 0777;
  };
  const auto before = ::umask(0);
  {
    const auto made = es::SqliteCollections::open(path);
    REQUIRE(made);
    CHECK(mode_of(path) == 0600);
    CHECK(mode_of(path + "-wal") == 0600);
  }
  // Somebody has opened it to others: it stays so.
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  REQUIRE(es::SqliteCollections::open(path));
  CHECK(mode_of(path) == 0640);
  ::umask(before);
}

TEST_CASE("a pipe of the file's name is not waited for", "[collections][open]") {
  const TemporaryFolder folder;
  REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
  for (const auto mode : {Mode::read_only, Mode::read_write}) {
    const auto opened = es::SqliteCollections::open(folder.file("pipe"), mode);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == es::Errc::io_failed);
    CHECK_THAT(opened.error().message(), Catch::Contains("a regular file is needed"));
  }
}

TEST_CASE("what was written is there for those who only read", "[collections][open]") {
  Library library;
  library.write({put("1", book("one"))});
  auto reader = es::SqliteCollections::open(library.path, Mode::read_only);
  REQUIRE(reader);
  CHECK(*(*reader)->count("books") == 1);
  const auto batch = library.batch({put("2", book("two"))});
  const auto refused = (*reader)->commit({&batch, 1});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == es::Errc::read_only);
}

TEST_CASE("a file that is just being made has no collection", "[collections][open]") {
  const TemporaryFolder folder;
  std::ofstream{folder.file("new")};
  const auto reader = es::SqliteCollections::open(folder.file("new"), Mode::read_only);
  REQUIRE(reader);
  const auto checkpoint = (*reader)->checkpoint("books");
  REQUIRE(checkpoint);
  CHECK_FALSE(*checkpoint);
}

TEST_CASE("a file of an earlier version is read as it is and completed by a writer", "[collections][open]") {
  Library library;
  library.write({put("1", book("one"))});
  // As the first releases made it.
  for (const auto* const column : {"missed", "missed_last", "columns"})
    REQUIRE(library.collections->rows(string{"ALTER TABLE _checkpoints DROP COLUMN "} + column));
  const auto before = es::SqliteCollections::open(library.path, Mode::read_only);
  REQUIRE(before);
  const auto read = (*before)->checkpoint("books");
  REQUIRE(read);
  REQUIRE(*read);
  CHECK((*read)->missed_events == 0);
  CHECK((*read)->position.value == 1);
  const auto after = es::SqliteCollections::open(library.path);
  REQUIRE(after);
  CHECK((*after)->checkpoint("books")->value().position.value == 1);
  const auto refused = (*after)->copy(library.shape, "books", "copy", **read);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == es::Errc::unreadable_schema);
  CHECK((*before)->checkpoint("books")->value().position.value == 1);
}

TEST_CASE("a file that is no database is damage, named", "[collections][open]") {
  const TemporaryFolder folder;
  std::ofstream{folder.file("text")} << string(4096, 'x');
  const auto opened = es::SqliteCollections::open(folder.file("text"));
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == es::Errc::corrupt_record);
  CHECK(opened.error().where == folder.file("text"));
}

TEST_CASE("a folder that is missing is a failure of the system", "[collections][open]") {
  const auto opened = es::SqliteCollections::open("/nowhere/at/all");
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == es::Errc::io_failed);
}

TEST_CASE("a question that is wrong is refused in SQLite's words", "[collections][open]") {
  const Library library;
  const auto wrong = library.collections->rows("SELEC 1");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().code == es::Errc::invalid_argument);
  CHECK_THAT(wrong.error().detail, Catch::Contains("syntax error"));
  CHECK(library.collections->rows("SELECT nothing FROM books").error().code == es::Errc::invalid_argument);
  CHECK(library.collections->rows("").error().code == es::Errc::invalid_argument);
  CHECK(library.collections->rows("-- nothing to do").error().code == es::Errc::invalid_argument);
}

TEST_CASE("a collection that was not made yet is not found", "[collections][open]") {
  const auto collections = open(":memory:");
  CHECK(collections->documents(books(), "org-1", "WHERE organization_id = ?1").error().code == es::Errc::not_found);
  CHECK(collections->rows("SELECT * FROM books").error().code == es::Errc::not_found);
  CHECK(collections->count("books").error().code == es::Errc::not_found);
  CHECK_FALSE(*collections->checkpoint("books"));
}

TEST_CASE("documents of another organization are not given", "[collections][open]") {
  Library library;
  library.write({put("1", book("ours")), put("2", book("theirs"), "org-2")});
  CHECK(library.documents("org-1").size() == 1);
  CHECK(library.documents("org-2").size() == 1);
  CHECK(library.documents("org-3").empty());
}
