// The file for programs that are not ours: SQLite as it is, without our functions.
#include <sqlite3.h>
#include <sys/wait.h>

#include "collections/library.hpp"

using namespace library;
using Mode = es::SqliteCollections::Mode;
using Rows = std::vector<string>;

namespace {

/// A connection of another program.
class Reader {
 public:
  explicit Reader(const string& path, int flags = SQLITE_OPEN_READONLY) {
    if (sqlite3_open_v2(path.c_str(), &connection_, flags, nullptr) != SQLITE_OK) FAIL(sqlite3_errmsg(connection_));
  }
  ~Reader() { sqlite3_close(connection_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// The columns of all rows with bars between them, or SQLite's message.
  [[nodiscard]] Rows rows(const string& sql) const {
    Rows all;
    char* said = nullptr;
    const auto take = [](void* rows, int columns, char** values, char**) {
      string row;
      for (int i = 0; i < columns; ++i) row += (i == 0 ? "" : "|") + string{values[i] == nullptr ? "" : values[i]};
      static_cast<Rows*>(rows)->push_back(row);
      return 0;
    };
    if (sqlite3_exec(connection_, sql.c_str(), take, &all, &said) != SQLITE_OK) all = {said};
    sqlite3_free(said);
    return all;
  }

 private:
  sqlite3* connection_ = nullptr;
};

Rows titles(const Reader& reader, const string& match) {
  return reader.rows("SELECT title FROM books_text WHERE books_text MATCH '" + match + "' ORDER BY title");
}

void turn_checksums_to_numbers(const string& path) {
  const Reader before{path, SQLITE_OPEN_READWRITE};
  REQUIRE(
      before
          .rows("CREATE TABLE old (collection TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, checksum INTEGER "
                "NOT NULL, store_id TEXT NOT NULL, fingerprint TEXT NOT NULL, building INTEGER NOT NULL);"
                "INSERT INTO old SELECT collection, position, checksum, store_id, fingerprint, building FROM "
                "_checkpoints; DROP TABLE _checkpoints;"
                "ALTER TABLE old RENAME TO _checkpoints")
          .empty());
  REQUIRE(before.rows("SELECT typeof(checksum) FROM _checkpoints") == Rows{"integer"});
}

/// What `call` gives in a process that may only read `folder`.
template <class Call> int in_read_only_folder(const string& folder, Call call) {
  namespace fs = std::filesystem;
  // The files are their owner's alone, who lets others read these.
  for (const auto& file : fs::directory_iterator{folder})
    fs::permissions(file, fs::perms::group_read | fs::perms::others_read, fs::perm_options::add);
  fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::group_read |
                              fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec);
  const auto child = ::fork();
  if (child == 0) {
    constexpr ::uid_t nobody = 65534;  // root may write everywhere
    if (::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) ::_exit(99);
    ::_exit(::access(folder.c_str(), W_OK) == 0 ? 98 : call());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  fs::permissions(folder, fs::perms::owner_all);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int count_books(const string& path) {
  const Reader reader{path};
  return reader.rows("SELECT count(*) FROM books") == Rows{"2"} ? 0 : 1;
}

}  // namespace

TEST_CASE("another reader finds words in every script with the operators of FTS5", "[collections][readers]") {
  Library library;
  library.write({put("1", book("您的订单已经发货")), put("2", book("Łódź, crème")), put("3", book("订货 late"))});
  const Reader reader{library.path};
  CHECK(titles(reader, "订单") == Rows{"您的订单已经发货"});
  CHECK(titles(reader, "\"订单 单已\"") == Rows{"您的订单已经发货"});
  CHECK(titles(reader, "货*") == Rows{"您的订单已经发货", "订货 late"});
  CHECK(titles(reader, "货* NOT late") == Rows{"您的订单已经发货"});
  CHECK(titles(reader, "订单 OR lodz") == Rows{"Łódź, crème", "您的订单已经发货"});
  CHECK(titles(reader, "lod* AND creme") == Rows{"Łódź, crème"});
  CHECK(titles(reader, "title : CRÈME") == Rows{"Łódź, crème"});
  CHECK(titles(reader, "nothing").empty());
}

TEST_CASE("another reader gets the text as it was written", "[collections][readers]") {
  Library library;
  library.write({put("1", book("Straße nach Łódź"))});
  const Reader reader{library.path};
  CHECK(titles(reader, "strasse") == Rows{"Straße nach Łódź"});
  CHECK(reader.rows("SELECT snippet(books_text, 0, '[', ']', '…', 9) FROM books_text WHERE books_text MATCH 'lodz'") ==
        Rows{"Straße nach [Łódź]"});
  CHECK(reader.rows("PRAGMA integrity_check") == Rows{"ok"});
}

TEST_CASE("another program that writes is refused instead of harming the words", "[collections][readers]") {
  Library library;
  library.write({put("1", book("one"))});
  const Reader writer{library.path, SQLITE_OPEN_READWRITE};
  for (const auto* const sql : {"DELETE FROM books_rows", "UPDATE books_rows SET title = 'two'"}) {
    const auto said = writer.rows(sql);
    REQUIRE(said.size() == 1);
    CHECK_THAT(said.front(), Catch::Contains("eventstore_words"));
  }
  CHECK(titles(writer, "one") == Rows{"one"});
}

TEST_CASE("a checkpoint that another program has spoilt says what to do", "[collections][readers]") {
  Library library;
  const Reader writer{library.path, SQLITE_OPEN_READWRITE};
  CHECK(writer.rows("UPDATE _checkpoints SET store_id = 'nobody'").empty());
  const auto checkpoint = library.collections->checkpoint("books");
  REQUIRE_FALSE(checkpoint);
  CHECK(checkpoint.error().code == es::Errc::invalid_argument);
  CHECK_THAT(checkpoint.error().message(), Catch::EndsWith("run `project rebuild books`"));
}

TEST_CASE("the checksum of a checkpoint is text", "[collections][readers]") {
  Library library;
  auto batch = library.batch({put("1", book("one"))});
  batch.to.checksum = 0xFEDC'BA98'7654'3210;
  REQUIRE(library.collections->commit({&batch, 1}));
  const Reader reader{library.path};
  CHECK(reader.rows("SELECT typeof(checksum), checksum FROM _checkpoints") == Rows{"text|-81985529216486896"});
  CHECK((*library.collections->checkpoint("books"))->checksum == batch.to.checksum);
}

TEST_CASE("checksums that an earlier build wrote as numbers are read, and text from the next writer on",
          "[collections][readers]") {
  Library library;
  auto batch = library.batch({put("1", book("one"))});
  batch.to.checksum = 0xFEDC'BA98'7654'3210;
  REQUIRE(library.collections->commit({&batch, 1}));
  library.collections.reset();
  turn_checksums_to_numbers(library.path);
  {
    const auto reading = es::SqliteCollections::open(library.path, Mode::read_only);
    REQUIRE(reading);
    CHECK((*(*reading)->checkpoint("books"))->checksum == batch.to.checksum);
  }
  library.collections = open(library.path);
  const auto kept = *library.collections->checkpoint("books");
  REQUIRE(kept);
  CHECK(kept->checksum == batch.to.checksum);
  CHECK(kept->position == es::Position{1});
  CHECK(kept->fingerprint == "first");
  CHECK_FALSE(kept->building);
  const Reader reader{library.path};
  CHECK(reader.rows("SELECT typeof(checksum) FROM _checkpoints") == Rows{"text"});
  CHECK(reader.rows("SELECT name FROM sqlite_master WHERE name LIKE '\\_checkpoints%' ESCAPE '\\'") ==
        Rows{"_checkpoints"});
  // An earlier build that writes again binds a number.
  CHECK(Reader{library.path, SQLITE_OPEN_READWRITE}.rows("UPDATE _checkpoints SET checksum = -7").empty());
  CHECK((*library.collections->checkpoint("books"))->checksum == static_cast<std::uint64_t>(-7));
}

TEST_CASE("the names of indexes are plain, and differ", "[collections][readers]") {
  const TemporaryFolder folder;
  const auto shape =
      es::CollectionShape::of("books", es::schema_of<Book>(),
                              {es::index_on({"binding.fragile"}), es::index_on({"edition_year", "copies"}),
                               es::index_on({"binding.fragile"}), es::index_on({"binding.material", "pages.text"})},
                              0);
  {
    const auto collections = open(folder.file("file"));
    REQUIRE(collections->create(shape, "books", {}));
    REQUIRE(collections->finish(shape, {}));
  }
  CHECK(Reader{folder.file("file")}.rows(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1") ==
        Rows{"books_by__id", "books_by_binding_fragile", "books_by_binding_fragile_2",
             "books_by_binding_material_pages_text", "books_by_edition_year_copies"});
}

TEST_CASE("a file that was closed can be read where nothing can be written", "[collections][readers]") {
  Library library;
  library.write({put("1", book("one")), put("2", book("two"))});
  library.collections.reset();
  CHECK_FALSE(std::filesystem::exists(library.path + "-wal"));
  CHECK_FALSE(std::filesystem::exists(library.path + "-shm"));
  CHECK(Reader{library.path}.rows("PRAGMA journal_mode") == Rows{"delete"});
  CHECK(in_read_only_folder(library.folder.file(""), [&] { return count_books(library.path); }) == 0);
  CHECK(in_read_only_folder(library.folder.file(""), [&] {
          const auto ours = es::SqliteCollections::open(library.path, Mode::read_only);
          return ours && *(*ours)->count("books") == 2 ? 0 : 1;
        }) == 0);
}

TEST_CASE("a file is written beside readers as before, and the last writer leaves it for them",
          "[collections][readers]") {
  Library library;
  {
    const Reader reader{library.path};
    library.write({put("1", book("one"))});
    CHECK(reader.rows("SELECT title FROM books") == Rows{"one"});
    CHECK(reader.rows("BEGIN; SELECT title FROM books") == Rows{"one"});
    library.write({put("2", book("two"))});  // while a transaction reads
    library.collections.reset();
    CHECK(reader.rows("SELECT title FROM books; COMMIT") == Rows{"one"});
    CHECK(reader.rows("PRAGMA journal_mode") == Rows{"wal"});
    CHECK(reader.rows("SELECT count(*) FROM books") == Rows{"2"});
  }
  library.collections = open(library.path);
  const auto second = open(library.path);
  library.collections.reset();
  CHECK(Reader{library.path}.rows("PRAGMA journal_mode") == Rows{"wal"});
  CHECK(*second->count("books") == 2);
}

TEST_CASE("a file that was not closed says what to do where nothing can be written", "[collections][readers]") {
  Library library;
  library.write({put("1", book("one"))});
  const auto left = library.folder.file("left");
  std::filesystem::copy(library.path, left);  // as a process that was killed leaves it, and its log lost
  CHECK(in_read_only_folder(library.folder.file(""), [&] {
          const auto opened = es::SqliteCollections::open(left, Mode::read_only);
          if (opened || opened.error().code != es::Errc::io_failed || opened.error().where != left) return 1;
          const auto& said = opened.error().detail;
          return said.starts_with("its directory cannot be written") && said.find("`project run`") != string::npos ? 0
                                                                                                                   : 2;
        }) == 0);
}

TEST_CASE("a writer does not wait for ever for one who reads", "[collections][readers]") {
  Library library;
  library.collections.reset();
  const Reader reader{library.path};
  CHECK(reader.rows("BEGIN; SELECT count(*) FROM books") == Rows{"0"});
  const auto refused = es::SqliteCollections::open(library.path);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == es::Errc::locked);
  CHECK(refused.error().detail == "another program has the file locked: end its query or transaction, and try again");
  CHECK(reader.rows("COMMIT").empty());
  CHECK(es::SqliteCollections::open(library.path));
}
