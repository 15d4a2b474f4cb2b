// How a collection is built: without indexes, over several runs, with any memory, and stopped anywhere.
#include "collections/library.hpp"

using namespace library;

namespace {

struct Note {
  EVENTSTORE_FIELDS(Note, (string, text), (double, sum), (es::Timestamp, created_at));
};

es::CollectionShape notes() {
  return es::CollectionShape::of("notes", es::schema_of<Note>(), {es::index_on({"text"}), es::index_on({"created_at"})},
                                 0);
}

// Notes in a file, being built.
struct Notebook {
  TemporaryFolder folder;
  string path = folder.file("collections.sqlite");
  es::CollectionShape shape = notes();
  std::unique_ptr<es::SqliteCollections> collections = open(path);
  std::uint64_t position = 0;

  Notebook() { REQUIRE(collections->create(shape, "notes", {})); }

  void reopen(es::SqliteMemory memory = {}) {
    collections.reset();
    auto opened = es::SqliteCollections::open(path, es::SqliteCollections::Mode::read_write, memory);
    REQUIRE(opened);
    collections = std::move(*opened);
  }
  es::Result<void> try_write(int first, int last) {
    es::CollectionBatch batch{&shape, "notes", {}, es::Position{position}, {es::Position{position + 1}}};
    for (int n = first; n <= last; ++n) {
      const auto text = std::to_string(n);
      const Note note{"appended " + text, 0, noon};
      batch.appended.add(es::document_id("notes", "event " + text), "event " + text, "org-1",
                         es::BytesView{es::encode(note)});
      batch.writes.push_back({es::DocumentWrite::Kind::put,
                              "put " + std::to_string(n % 7),
                              "org-1",
                              es::encode(Note{"put " + text, 0, noon}),
                              {}});
      batch.writes.push_back({es::DocumentWrite::Kind::increment,
                              "sum " + std::to_string(n % 5),
                              "org-1",
                              es::encode(Note{"sum", 0.1 * n, noon}),
                              {{shape.column("sum"), {}}}});
    }
    auto committed = collections->commit({&batch, 1});
    if (committed) ++position;
    return committed;
  }
  void write(int first, int last) {
    const auto written = try_write(first, last);
    if (!written) FAIL(written.error().message());
  }
  es::Result<void> finish() { return collections->finish(shape, es::Position{position}); }
  [[nodiscard]] std::vector<es::SqlRow> rows(const string& sql) const {
    auto found = collections->rows(sql);
    if (!found) FAIL(found.error().message());
    return std::move(*found);
  }
  void run(const string& sql) const { CHECK(rows(sql).empty()); }
  [[nodiscard]] std::vector<es::SqlRow> documents() const { return rows("SELECT * FROM notes ORDER BY _id"); }
  [[nodiscard]] std::vector<es::SqlRow> indexes() const {
    return rows("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'notes' ORDER BY name");
  }
  [[nodiscard]] bool is_building() const { return (*collections->checkpoint("notes"))->building; }
};

std::vector<es::SqlRow> documents_after(int last) {
  Notebook notebook;
  notebook.write(1, last);
  REQUIRE(notebook.finish());
  return notebook.documents();
}

const std::vector<es::SqlRow> all_indexes{
    {string{"notes_by__id"}}, {string{"notes_by_created_at"}}, {string{"notes_by_text"}}};

}  // namespace

TEST_CASE("a table that is being built has no index", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 20);
  CHECK(notebook.indexes().empty());
  REQUIRE(notebook.finish());
  CHECK(notebook.indexes() == all_indexes);
  CHECK(*notebook.collections->count("notes") == 32);
}

TEST_CASE("a building that ends with the process goes on in the next one", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 20);
  notebook.reopen();
  notebook.write(21, 40);
  REQUIRE(notebook.finish());
  CHECK(notebook.documents() == documents_after(40));
  CHECK(*notebook.collections->count("notes") == 52);
}

TEST_CASE("documents that are too many for the memory are found by an index", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 20);
  notebook.reopen({.keys_bytes_max = 0});
  notebook.write(21, 40);
  CHECK(notebook.indexes() == std::vector<es::SqlRow>{{string{"notes_by__id"}}});
  notebook.write(41, 60);
  REQUIRE(notebook.finish());
  CHECK(notebook.indexes() == all_indexes);
  CHECK(notebook.documents() == documents_after(60));
  CHECK(*notebook.collections->count("notes") == 72);
}

TEST_CASE("the indexes of a rebuild keep names of their own and those of a collection that is gone are free",
          "[collections][build]") {
  Notebook notebook;
  REQUIRE(notebook.finish());
  notebook.reopen({.keys_bytes_max = 0});
  for (const string prefix : {"notes__1", "notes__2", "notes", "notes__1"}) {
    REQUIRE(notebook.collections->create(notebook.shape, "notes__rebuild", {}));
    const es::CollectionBatch batch{
        &notebook.shape,
        "notes__rebuild",
        {{es::DocumentWrite::Kind::put, "1", "org-1", es::encode(Note{"one", 0, noon}), {}}},
        {},
        {es::Position{1}}};
    REQUIRE(notebook.collections->commit({&batch, 1}));
    REQUIRE(notebook.collections->replace(notebook.shape, "notes__rebuild"));
    CHECK(notebook.indexes() ==
          std::vector<es::SqlRow>{{prefix + "_by__id"}, {prefix + "_by_created_at"}, {prefix + "_by_text"}});
  }
}

TEST_CASE("a collection that an earlier build began is gone on with", "[collections][build]") {
  Notebook notebook;
  // As builds before made it: with the index of _id from the beginning, and without the table of counts.
  notebook.run("DROP TABLE notes");
  notebook.run("DROP TABLE _counts");
  notebook.run(
      "CREATE TABLE notes (_id TEXT NOT NULL PRIMARY KEY, organization_id TEXT NOT NULL, text TEXT NOT NULL, sum REAL "
      "NOT NULL, created_at TEXT NOT NULL)");
  notebook.reopen();
  notebook.write(1, 20);
  CHECK(*notebook.collections->count("notes") == 32);
  notebook.write(21, 40);
  CHECK(*notebook.collections->count("notes") == 52);
  REQUIRE(notebook.finish());
  CHECK(notebook.documents() == documents_after(40));
  CHECK(notebook.rows("SELECT name FROM sqlite_master WHERE name = 'notes_by__id'").empty());
}

TEST_CASE("rows that VACUUM gives other numbers are found again", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 20);
  REQUIRE(open(notebook.path)->rows("DELETE FROM notes WHERE text = 'appended 1'"));
  notebook.run("VACUUM");
  notebook.write(21, 40);
  REQUIRE(notebook.finish());
  auto expected = documents_after(40);
  std::erase_if(expected, [](const es::SqlRow& row) { return row[2] == es::SqlValue{string{"appended 1"}}; });
  CHECK(notebook.documents() == expected);
}

TEST_CASE("documents that another process lets expire are made anew", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 20);
  CHECK(*open(notebook.path)->expire(notebook.shape, notebook.shape.name, noon.plus_seconds(1), 1000) == 32);
  notebook.write(21, 40);
  CHECK(*notebook.collections->count("notes") == 32);
  REQUIRE(notebook.finish());
  CHECK(notebook.documents().size() == 32);
}

TEST_CASE("a batch that is stopped is as if it had never begun", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 20);
  notebook.collections->watch({[] { return true; }, {}});
  const auto stopped = notebook.try_write(21, 500);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == es::Errc::stopped);
  notebook.collections->watch({});
  CHECK(*notebook.collections->count("notes") == 32);
  notebook.write(21, 40);
  REQUIRE(notebook.finish());
  CHECK(notebook.documents() == documents_after(40));
}

TEST_CASE("the making of indexes is stopped after any of them and goes on", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 2000);
  std::size_t most = 0;
  for (int stops = 0;; ++stops) {
    REQUIRE(stops < 100);
    double part = 0;
    notebook.collections->watch({[&] { return part > 0.1 * stops; }, [&](double now) { part = now; }});
    const auto finished = notebook.finish();
    notebook.collections->watch({});
    most = std::max(most, notebook.indexes().size());
    CHECK(notebook.indexes().size() == most);
    if (finished) break;
    CHECK(finished.error().code == es::Errc::stopped);
    CHECK(notebook.is_building());
  }
  CHECK_FALSE(notebook.is_building());
  CHECK(notebook.indexes() == all_indexes);
  CHECK(notebook.documents() == documents_after(2000));
}

TEST_CASE("what is told of the making of indexes grows to the whole", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 2000);
  std::vector<double> parts;
  notebook.collections->watch({{}, [&](double part) { parts.push_back(part); }});
  REQUIRE(notebook.finish());
  CHECK(std::is_sorted(parts.begin(), parts.end()));
  CHECK(parts.size() > 5);
  CHECK(parts.front() >= 0);
  CHECK(parts.back() == 1);
}

TEST_CASE("documents are not counted by looking at them", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 20);
  REQUIRE(notebook.finish());
  // Nobody does this, but it shows where the number comes from.
  notebook.run("DELETE FROM notes");
  CHECK(*notebook.collections->count("notes") == 32);
  const auto reader = es::SqliteCollections::open(notebook.path, es::SqliteCollections::Mode::read_only);
  REQUIRE(reader);
  CHECK(*(*reader)->count("notes") == 32);
}

TEST_CASE("a file whose documents nobody has counted is counted once", "[collections][build]") {
  Notebook notebook;
  notebook.write(1, 20);
  notebook.run("DROP TABLE _counts");
  const auto reader = es::SqliteCollections::open(notebook.path, es::SqliteCollections::Mode::read_only);
  REQUIRE(reader);
  CHECK(*(*reader)->count("notes") == 32);
  notebook.reopen();
  notebook.write(21, 21);
  CHECK(*notebook.collections->count("notes") == 33);
  notebook.write(22, 22);
  CHECK(*notebook.collections->count("notes") == 34);
}
