// Large maps stand in parts: a change writes what it changed, and readers see whole documents.
#include "collections/library.hpp"

#include <rapidcheck.h>
#include <sqlite3.h>
#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/projection/detail/held_document.hpp>

using namespace library;

namespace {

using Kind = es::DocumentWrite::Kind;

struct Mark {
  EVENTSTORE_FIELDS(Mark, (string, text), (optional<int64_t>, points));
};
using Marks = std::map<string, Mark>;
struct Grades {
  EVENTSTORE_FIELDS(Grades, (es::Map<optional<int64_t>>, by_pupil), (Marks, by_day));
};
struct Form {
  EVENTSTORE_FIELDS(Form, (string, teacher), (Grades, grades, , es::flattened), (es::Timestamp, created_at));
};

es::CollectionShape forms() {
  return es::CollectionShape::of("forms", es::schema_of<Form>(),
                                 {es::index_on({"created_at"}), es::full_text_on("teacher")}, 0);
}

string pupil(int number) { return "pupil " + std::to_string(100'000 + number); }

Form form(int pupils, int64_t grade = 1) {
  Form made{"Ada", {}, noon};
  for (int n = 0; n < pupils; ++n) made.grades.by_pupil.append_or_assign(pupil(n), grade + n);
  return made;
}

es::DocumentWrite held(string key, Form document) {
  es::DocumentWrite write{Kind::put, std::move(key), "org-1"};
  write.held = std::make_shared<es::detail::Held<Form>>(std::move(document));
  return write;
}

// A collection of forms in any engine.
struct School {
  es::Collections* collections;
  es::CollectionShape shape = forms();
  std::uint64_t position = 0;
  string name = "forms";

  void create() { REQUIRE(collections->create(shape, name, {})); }
  void write(std::vector<es::DocumentWrite> writes) {
    es::CollectionBatch batch{&shape, name, std::move(writes), es::Position{position}, {es::Position{position + 1}}};
    const auto written = collections->commit({&batch, 1});
    if (!written) FAIL(written.error().message());
    ++position;
  }
  void finish() { REQUIRE(collections->finish(shape, es::Position{position})); }
  [[nodiscard]] std::vector<string> documents() const {
    const auto found = collections->find(shape, "org-1", {.order = {{"created_at"}}, .limit = 1000});
    if (!found) FAIL(found.error().message());
    return found->documents;
  }
};

struct File {
  TemporaryFolder folder;
  string path = folder.file("collections.sqlite");
  std::unique_ptr<es::SqliteCollections> collections = open(path);

  void reopen() {
    collections.reset();
    collections = open(path);
  }
  [[nodiscard]] std::vector<es::SqlRow> rows(const string& sql) const {
    auto found = collections->rows(sql);
    if (!found) FAIL(found.error().message());
    return std::move(*found);
  }
  void run(const string& sql) const { CHECK(rows(sql).empty()); }
  [[nodiscard]] int64_t number(const string& sql) const { return std::get<int64_t>(rows(sql).at(0).at(0)); }
  [[nodiscard]] std::uintmax_t written() const { return std::filesystem::file_size(path + "-wal"); }
};

constexpr auto entries = "SELECT count(*) FROM forms_parts";

}  // namespace

TEST_CASE("a document with a large map is read whole", "[collections][parts]") {
  File file;
  School school{file.collections.get()};
  school.create();
  const auto document = form(1000);
  school.write({held("large", document), held("small", form(3))});
  school.finish();
  CHECK(file.number(entries) == 1000);
  CHECK(file.number("SELECT count(*) FROM forms_rows WHERE by_pupil IS NULL") == 1);
  es::MemoryCollections memory;
  School expected{&memory};
  expected.create();
  expected.write({held("large", document), held("small", form(3))});
  CHECK(school.documents() == expected.documents());
  CHECK(*file.collections->count("forms") == 2);
}

TEST_CASE("any SQLite reads large maps through the view", "[collections][parts]") {
  File file;
  School school{file.collections.get()};
  school.create();
  auto document = form(300);
  document.grades.by_pupil.insert_or_assign(R"(a "b\ )"
                                            "\n\x01\x7f é",
                                            optional<int64_t>{});
  school.write({held("large", document)});
  school.finish();
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open(file.path.c_str(), &other) == SQLITE_OK);
  string seen;
  const auto take = [](void* to, int, char** values, char**) {
    *static_cast<string*>(to) = values[0];
    return 0;
  };
  CHECK(sqlite3_exec(other, "SELECT by_pupil FROM forms", take, &seen, nullptr) == SQLITE_OK);
  sqlite3_close(other);
  string expected;
  es::Bytes bytes;
  es::BytesOut archive{bytes};
  archive(document.grades.by_pupil);
  REQUIRE(es::bytes_to_json(es::type_of<es::Map<optional<int64_t>>>(), bytes, expected));
  CHECK(seen == expected);
}

TEST_CASE("a small change of a large document writes a small part of it", "[collections][parts]") {
  const bool is_reopened = GENERATE(false, true);
  File file;
  School school{file.collections.get()};
  school.create();
  auto document = form(20'000);
  school.write({held("large", document)});
  school.finish();
  if (is_reopened) {
    file.reopen();
    CHECK(file.number(entries) == 20'000);
  }
  School live{file.collections.get()};
  live.position = school.position;
  document.grades.by_pupil.insert_or_assign(pupil(500), optional<int64_t>{});
  document.grades.by_pupil.erase(pupil(10'000));
  REQUIRE(file.collections->sync());
  std::filesystem::resize_file(file.path + "-wal", 0);
  live.write({held("large", document)});
  CHECK(file.written() < 60'000);  // the whole has some 500,000 bytes
  CHECK(file.number(entries) == 19'999);
  CHECK(file.rows("SELECT value FROM forms_parts WHERE key = '" + pupil(500) + "'") ==
        std::vector<es::SqlRow>{{string{"null"}}});
}

TEST_CASE("a table of a build without parts goes on as it is", "[collections][parts]") {
  File file;
  School school{file.collections.get()};
  school.create();
  school.write({held("large", form(10)), held("small", form(1))});
  file.run("DROP VIEW forms");
  file.run("ALTER TABLE forms_rows RENAME TO forms");
  file.run("DROP TABLE forms_parts");
  for (const auto& trigger : file.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    file.run("DROP TRIGGER \"" + std::get<string>(trigger[0]) + "\"");
  file.reopen();
  School later{file.collections.get()};
  later.position = school.position;
  later.write({held("large", form(1000))});
  later.finish();
  later.write({held("large", form(2000))});
  CHECK(file.number("SELECT count(*) FROM forms, json_each(by_pupil)") == 2001);
  // A rebuild makes parts.
  School rebuilt{file.collections.get()};
  rebuilt.name = "forms__rebuild";
  rebuilt.create();
  rebuilt.write({held("large", form(2000)), held("small", form(1))});
  REQUIRE(file.collections->replace(rebuilt.shape, rebuilt.name));
  CHECK(file.number(entries) == 2000);
  CHECK(later.documents() == rebuilt.documents());
}

TEST_CASE("a rebuild of large maps takes the place of the live ones more than once", "[collections][parts]") {
  File file;
  School school{file.collections.get()};
  school.create();
  school.write({held("large", form(400))});
  school.finish();
  for (int round = 1; round <= 3; ++round) {
    School rebuilt{file.collections.get()};
    rebuilt.name = "forms__rebuild";
    rebuilt.create();
    rebuilt.write({held("large", form(400 + round))});
    REQUIRE(file.collections->replace(rebuilt.shape, rebuilt.name));
    CHECK(file.number(entries) == 400 + round);
    School live{file.collections.get()};
    live.position = rebuilt.position;
    live.write({held("large", form(500 + round))});
    CHECK(file.number(entries) == 500 + round);
  }
  REQUIRE(file.collections->drop("forms"));
  REQUIRE(file.collections->drop(es::kept_name("forms")));
  CHECK(file.rows("SELECT name FROM sqlite_master WHERE name LIKE 'forms%'").empty());
}

TEST_CASE("documents that expire take their entries along", "[collections][parts]") {
  File file;
  School school{file.collections.get()};
  school.create();
  auto old = form(300);
  old.created_at = *es::Timestamp::parse("2020-01-01T00:00:00Z");
  school.write({held("old", old), held("new", form(301))});
  school.finish();
  CHECK(*file.collections->expire(school.shape, school.shape.name, noon, 1000) == 1);
  CHECK(file.number(entries) == 301);
}

TEST_CASE("large maps are in every engine what was written last", "[collections][parts]") {
  CHECK(rc::check("documents of any writes are the same in memory and in the file", [] {
    File file;
    es::MemoryCollections memory;
    School stored{file.collections.get()};
    School expected{&memory};
    for (auto* const school : {&stored, &expected}) school->create();
    std::map<string, Form> last;
    const int batches = *rc::gen::inRange(1, 8);
    const int finished_after = *rc::gen::inRange(0, batches + 1);
    for (int batch = 0; batch < batches; ++batch) {
      std::vector<es::DocumentWrite> writes;
      for (int n = *rc::gen::inRange(0, 4); n > 0; --n) {
        const auto key = *rc::gen::element(string{"a"}, string{"b"});
        auto& document = last.try_emplace(key, form(0)).first->second;
        switch (*rc::gen::inRange(0, 6)) {
          case 0:
            writes.push_back({Kind::remove, key, "org-1"});
            last.erase(key);
            continue;
          case 1: document = form(*rc::gen::element(0, 5, 256, 257, 300), *rc::gen::inRange(0, 3)); break;
          case 2:
            for (int day = *rc::gen::element(1, 257, 280); day > 0; --day)
              document.grades.by_day[std::to_string(day)] = {"day", *rc::gen::element<optional<int64_t>>({}, 1)};
            break;
          case 3: {
            es::Bytes names;
            es::BytesOut archive{names};
            archive(form(270, 9).grades.by_pupil);
            writes.push_back({Kind::patch, key, "org-1", {}, {{stored.shape.column("by_pupil"), names}}});
            continue;
          }
          default:
            document.grades.by_pupil.insert_or_assign(pupil(*rc::gen::inRange(0, 300)), *rc::gen::inRange(0, 3));
            document.grades.by_pupil.erase(pupil(*rc::gen::inRange(0, 300)));
        }
        writes.push_back(held(key, document));
      }
      for (auto* const school : {&stored, &expected}) school->write(writes);
      if (batch == finished_after)
        for (auto* const school : {&stored, &expected}) school->finish();
      if (*rc::gen::inRange(0, 4) == 0) {
        file.reopen();
        stored.collections = file.collections.get();
      }
    }
    RC_ASSERT(stored.documents() == expected.documents());
  }));
}
