// A default that was changed in code, and the files and lock files from before the change.
#include <eventstore/app/append.hpp>
#include <eventstore/app/import.hpp>
#include <eventstore/app/schemas.hpp>
#include <eventstore/schema/lock_file.hpp>

#include "line_branch.hpp"

namespace changed_default_test {

using namespace bank;

namespace {

// The account's event, with three defaults after one another.
namespace before {
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (string, owner), (int64_t, limit, 500));
};
}  // namespace before
namespace after {
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (string, owner), (int64_t, limit, 600, es::first_default("500")));
};
}  // namespace after
namespace forgotten {
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (string, owner), (int64_t, limit, 600));
};
}  // namespace forgotten

template <class Event> struct Accounts {
  static constexpr auto category = "account";
  using events = es::Events<Event>;
};

template <class Event> es::Model model_with() { return {{es::aggregate<Accounts<Event>>()}}; }

const string left_out = line("ada", 1, "AccountOpened", R"({"owner":"ada"})");
const string spelled = line("ada", 1, "AccountOpened", R"({"owner":"ada","limit":500})");
const string another = line("ada", 1, "AccountOpened", R"({"owner":"ada","limit":600})");

// What became of the lines; a refusal's sentence otherwise.
string import(const Branch& branch, const es::Model& model, const string& text) {
  auto store = must(es::Store::open(branch.folder.file("store"), model, {}));
  auto source = branch.source(text);
  auto kept = must(app::RefusedLines::open("stop", source));
  app::ImportCounts counts;
  const auto ended = app::import(store.log(), model, {}, source, kept, counts, {});
  REQUIRE(store.close());
  return ended ? es::to_json(counts) : ended.error().detail;
}

const string once = R"({"read":1,"appended":1,"already_there":0,"refused":0,"unclaimed":0})";
const string again = R"({"read":1,"appended":0,"already_there":1,"refused":0,"unclaimed":0})";

// The rows of a check of `model`, against a lock file that `locked` made.
std::vector<app::SchemaVerdict> check(const es::Model& model, const es::Model& locked) {
  const es::test::TemporaryDirectory folder;
  es::PosixFileSystem files;
  std::filesystem::create_directories(folder.file("locks/account"));
  const app::ListSchemas where{.locks = folder.file("locks")};
  REQUIRE(app::lock_schemas(locked, files, where, [](const auto&) -> es::Result<void> { return {}; }));
  std::vector<app::SchemaVerdict> rows;
  REQUIRE(app::check_schemas({model, files}, where, [&](const app::SchemaVerdict& row) -> es::Result<void> {
    rows.push_back(row);
    return {};
  }));
  return rows;
}

}  // namespace

TEST_CASE("a file is recognised after a default was changed", "[import][default]") {
  const Branch branch;
  const auto first = GENERATE(left_out, spelled);
  REQUIRE(import(branch, model_with<before::Opened>(), first) == once);
  const auto now = model_with<after::Opened>();
  CHECK(import(branch, now, left_out) == again);
  CHECK(import(branch, now, spelled) == again);
  CHECK_THAT(import(branch, now, another), Catch::StartsWith("the line differs from version 1"));
  CHECK_THAT(import(branch, now, another), Catch::Contains("event_data.limit"));
}

TEST_CASE("a line that gives its id is recognised after a default was changed", "[import][default]") {
  const Branch branch;
  auto with_id = left_out;
  with_id.insert(1, R"("event_id":"0fa5b3c0-7d0c-4c52-9d0a-3f7a3f0e7a11",)");
  REQUIRE(import(branch, model_with<before::Opened>(), with_id) == once);
  CHECK(import(branch, model_with<after::Opened>(), with_id) == again);
  CHECK_THAT(import(branch, model_with<forgotten::Opened>(), with_id), Catch::Contains("event_data.limit"));
}

TEST_CASE("a line that is new has the default of today", "[import][default]") {
  const Branch branch;
  const auto now = model_with<after::Opened>();
  REQUIRE(import(branch, now, left_out) == once);
  CHECK(import(branch, now, left_out) == again);
  CHECK_THAT(import(branch, now, spelled), Catch::Contains("event_data.limit"));
  auto store = must(es::Store::open(branch.folder.file("store"), now, {}));
  const auto page = must(store.log().read_all());
  string json;
  REQUIRE(store.schemas().data_to_json(page.events.front(), json));
  CHECK(json == R"({"owner":"ada","limit":600})");
}

TEST_CASE("schema lock records defaults and schema check asks about one that was changed", "[schemas][default]") {
  const auto rows = check(model_with<forgotten::Opened>(), model_with<before::Opened>());
  REQUIRE(rows.size() == 1);
  CHECK(rows.front().verdict == "same");
  CHECK(rows.front().write ==
        "the default of `limit` was 500 when it was first locked: say es::first_default(\"500\") as an attribute of "
        "it, so that derived ids stay the same");
  CHECK(!check(model_with<after::Opened>(), model_with<before::Opened>()).front().write);
}

TEST_CASE("schema lock asks about a changed default and keeps what was recorded", "[schemas][default]") {
  const es::test::TemporaryDirectory folder;
  es::PosixFileSystem files;
  std::filesystem::create_directories(folder.file("locks/account"));
  const auto lock = folder.file("locks/account/schemas.lock");
  const auto run = [&](const es::Model& model) {
    std::vector<string> changes;
    REQUIRE(app::lock_schemas(model, files, {.locks = folder.file("locks")},
                              [&](const app::LockedCategory& row) -> es::Result<void> {
                                changes = row.changes;
                                return {};
                              }));
    return changes;
  };
  const auto& schema = es::schema_of<before::Opened>();
  std::ofstream{lock} << es::write_lock("account", {{1, schema}});
  CHECK(run(model_with<before::Opened>()) == std::vector<string>{"AccountOpened: its defaults are recorded"});
  CHECK(run(model_with<before::Opened>()).empty());
  CHECK_THAT(run(model_with<forgotten::Opened>()).at(0), Catch::StartsWith("AccountOpened: the default of `limit`"));
  CHECK_THAT(run(model_with<forgotten::Opened>()).at(0), Catch::Contains("es::first_default(\"500\")"));
  CHECK(run(model_with<after::Opened>()).empty());
  std::ifstream file{lock};
  const string text{std::istreambuf_iterator<char>{file}, {}};
  CHECK(must(es::parse_lock(text)).front().defaults == R"({"limit":500})");
}

}  // namespace changed_default_test
