// What documents were before is in none of the files after a purge.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "collections/library.hpp"

using namespace library;
using es::Errc;

namespace {

/// The bytes of all files of the folder.
string all_bytes(const Library& library) {
  string all;
  for (const auto& entry : std::filesystem::directory_iterator{std::filesystem::path{library.path}.parent_path()}) {
    std::ifstream file{entry.path(), std::ios::binary};
    all.append(std::istreambuf_iterator<char>{file}, {});
  }
  return all;
}
bool is_there(const Library& library, const string& bytes) { return all_bytes(library).find(bytes) != string::npos; }

/// A coordinate as the index of places has it.
string as_indexed(double coordinate) {
  const auto number = static_cast<float>(coordinate);
  std::uint32_t bits = 0;
  std::memcpy(&bits, &number, sizeof bits);
  string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(bits >> shift & 0xFF);
  return bytes;
}

/// A book with `planted` in each field that has room for it.
Book planted_book(const string& planted, double longitude) {
  auto made = book("title" + planted);
  made.subtitle = "subtitle" + planted;
  made.notes = {"{\"note\":\"notes" + planted + "\"}"};
  const auto cover = "cover" + planted;
  for (const char c : cover) made.cover.push_back(static_cast<std::byte>(c));
  made.authors = {"author" + planted};
  made.edition.publisher = "publisher" + planted;
  made.binding = Binding{"material" + planted, true};
  made.place = Place{longitude, 50.5};
  return made;
}

const std::vector<string> fields{"title", "subtitle", "notes", "cover", "author", "publisher", "material"};

}  // namespace

TEST_CASE("a purge leaves nothing of what documents were before in any file", "[collections][purge]") {
  Library library;
  std::vector<es::DocumentWrite> writes;
  for (int n = 0; n < 300; ++n) writes.push_back(put(std::to_string(n), planted_book("ofall", 10 + n / 1000.0)));
  writes[7] = put("7", planted_book("changed", 77.625));
  writes[8] = put("8", planted_book("removed", 78.625));
  library.write(std::move(writes));
  for (const string sql : {"INSERT INTO books_parts SELECT _row, 'pages', 'partofmap', '7' FROM books_rows WHERE title "
                           "= 'titlechanged'",
                           "UPDATE books_rows SET pages = NULL WHERE title = 'titlechanged'"})
    REQUIRE(library.collections->rows(sql));
  // What a rebuild that was killed left, and what one has replaced.
  REQUIRE(library.collections->create(library.shape, "books__rebuild", {{}, 0, {}, "second", true}));
  const es::CollectionBatch batch{
      &library.shape, "books__rebuild", {put("1", book("builttitle"))}, {}, {es::Position{5}, 9, {}, "second", true}};
  REQUIRE(library.collections->commit({&batch, 1}));
  library.write({put("7", planted_book("now", 11.625)), removal("8")});
  REQUIRE(library.collections->drop("books__rebuild"));

  const auto documents = library.documents();
  for (const auto& field : fields) {
    CHECK(is_there(library, field + "changed"));
    CHECK(is_there(library, field + "removed"));
  }
  CHECK(is_there(library, "partofmap"));
  CHECK(is_there(library, "builttitle"));
  CHECK(is_there(library, as_indexed(77.625)));
  REQUIRE(library.collections->purge());
  for (const auto& field : fields) {
    CAPTURE(field);
    CHECK_FALSE(is_there(library, field + "changed"));
    CHECK_FALSE(is_there(library, field + "removed"));
    CHECK(is_there(library, field + "now"));
  }
  for (const string gone : {"partofmap", "builttitle", "0titlechanged", "titleremoved"})
    CHECK_FALSE(is_there(library, gone));
  CHECK_FALSE(is_there(library, as_indexed(77.625)));
  CHECK_FALSE(is_there(library, as_indexed(78.625)));
  CHECK(is_there(library, as_indexed(11.625)));
  CHECK(std::filesystem::file_size(library.path + "-wal") == 0);
  CHECK(library.documents() == documents);
  REQUIRE(library.collections->rows("INSERT INTO books_text(books_text) VALUES ('integrity-check')"));
  CHECK(library.texts("SELECT rtreecheck('books_location')") == std::vector<string>{"ok"});
  CHECK(library.texts("PRAGMA integrity_check") == std::vector<string>{"ok"});
}

TEST_CASE("after each of many purges only the present words and places are there", "[collections][purge]") {
  Library library;
  REQUIRE(library.collections->rows("PRAGMA synchronous = OFF"));
  std::mt19937 random{GENERATE(1U, 2U, 3U, 4U)};
  std::map<string, string> present;
  std::vector<std::pair<string, double>> gone;
  std::map<string, double> places;
  int planted = 0;
  for (int batches = 0; batches < 60; ++batches) {
    std::vector<es::DocumentWrite> writes;
    for (std::size_t n = 0, end = random() % 8 == 0 ? 60 : 1 + random() % 3; n < end; ++n) {
      const auto key = std::to_string(random() % (batches < 40 ? 40 : 4));
      if (present.contains(key)) gone.emplace_back(present[key], places[key]);
      present.erase(key);
      if (random() % 3 == 0) {
        writes.push_back(removal(key));
        continue;
      }
      // The words of a removed document must not be the beginning of another's.
      const auto word = std::to_string(random() % 900 + 100) + "w" + std::to_string(++planted) + "x";
      places[key] = 20 + planted / 64.0;
      auto made = book(word);
      made.place = Place{places[key], 50.5};
      writes.push_back(put(key, made));
      present[key] = word;
    }
    library.write(std::move(writes));
    if (batches == 30) {
      std::vector<es::DocumentWrite> all;
      for (const auto& [key, word] : present) all.push_back(removal(key));
      for (const auto& [key, word] : present) gone.emplace_back(word, places[key]);
      present.clear();
      library.write(std::move(all));
    }
    if (random() % 6 != 0) continue;
    REQUIRE(library.collections->purge());
    const auto bytes = all_bytes(library);
    const auto has = [&](const string& some) { return bytes.find(some) != string::npos; };
    for (const auto& [word, place] : gone) {
      CAPTURE(word, place);
      // The index shortens a word by what it has in common with the one before.
      REQUIRE_FALSE((has(word) || has(word.substr(3)) || has(as_indexed(place))));
    }
    for (const auto& [key, word] : present) {
      REQUIRE(library.texts("SELECT title FROM books WHERE _row IN (SELECT rowid FROM books_text WHERE books_text "
                            "MATCH ?1)",
                            {word}) == std::vector<string>{word});
    }
  }
}

TEST_CASE("a purge says who stands in its way and does all of it afterwards", "[collections][purge]") {
  Library library;
  REQUIRE(library.collections->rows("PRAGMA busy_timeout = 0"));
  library.write({put("1", planted_book("changed", 1))});
  const auto other = open(library.path);
  SECTION("one that still reads what was before") {
    REQUIRE(other->hold_snapshot());
    REQUIRE(other->count("books"));
    library.write({put("1", planted_book("now", 1))});
    const auto purged = library.collections->purge();
    REQUIRE_FALSE(purged);
    CHECK(purged.error().code == Errc::locked);
    CHECK_THAT(purged.error().message(), Catch::Contains(library.path) && Catch::Contains("try again"));
    other->release_snapshot();
  }
  SECTION("one that writes") {
    library.write({put("1", planted_book("now", 1))});
    REQUIRE(other->rows("BEGIN IMMEDIATE"));
    const auto purged = library.collections->purge();
    REQUIRE_FALSE(purged);
    CHECK(purged.error().code == Errc::locked);
    CHECK_THAT(purged.error().message(), Catch::Contains(library.path) && Catch::Contains("try again"));
    REQUIRE(other->rows("ROLLBACK"));
  }
  CHECK(is_there(library, "titlechanged"));
  REQUIRE(library.collections->purge());
  CHECK_FALSE(is_there(library, "changed"));
  CHECK(is_there(library, "titlenow"));
}

TEST_CASE("a purge that may not write or is within a snapshot is refused", "[collections][purge]") {
  Library library;
  library.write({put("1", book("live"))});
  const auto reader = es::SqliteCollections::open(library.path, es::SqliteCollections::Mode::read_only);
  REQUIRE(reader);
  CHECK((*reader)->purge().error().code == Errc::read_only);
  REQUIRE(library.collections->hold_snapshot());
  CHECK(library.collections->purge().error().code == Errc::invalid_argument);
  library.collections->release_snapshot();
  CHECK(library.collections->purge());
}

TEST_CASE("a purge that is stopped or killed anywhere is made up for by the next one", "[collections][purge]") {
  Library library;
  std::vector<es::DocumentWrite> writes;
  for (int n = 0; n < 2000; ++n) writes.push_back(put(std::to_string(n), planted_book("ofall", n / 100.0)));
  writes[7] = put("7", planted_book("changed", 77.625));
  library.write(std::move(writes));
  library.write({put("7", planted_book("now", 11.625))});
  const auto documents = library.documents();
  const bool is_killed = GENERATE(false, true);
  const int looks = GENERATE(1, 3, 10, 30, 60);
  CAPTURE(is_killed, looks);
  if (is_killed) {
    library.collections.reset();
    const auto child = ::fork();
    if (child == 0) {
      int looked = 0;
      auto opened = es::SqliteCollections::open(library.path);
      (*opened)->watch({[&] { return ++looked == looks && ::raise(SIGKILL) != 0; }, {}});
      ::_exit((*opened)->purge() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    library.collections = open(library.path);
  } else {
    int looked = 0;
    library.collections->watch({[&] { return ++looked >= looks; }, {}});
    const auto purged = library.collections->purge();
    REQUIRE_FALSE(purged);
    CHECK(purged.error().code == Errc::stopped);
    library.collections->watch({});
  }
  CHECK(library.documents() == documents);
  REQUIRE(library.collections->purge());
  CHECK_FALSE(is_there(library, "changed"));
  CHECK_FALSE(is_there(library, as_indexed(77.625)));
  CHECK(library.documents() == documents);
  CHECK(library.texts("PRAGMA integrity_check") == std::vector<string>{"ok"});
}
