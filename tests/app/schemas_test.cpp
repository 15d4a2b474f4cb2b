#include <eventstore/app/schemas.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/lock_file.hpp>

#include <fstream>

#include "branch.hpp"
#include "raw_event.hpp"

namespace schemas_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

// A folder of lock files, and a store with three events.
struct Registry : SmallBranch {
  const es::Model domain = model();
  const app::ListSchemas where{.locks = file("locks")};
  const std::string lock = file("locks/account/schemas.lock");

  Registry() { std::filesystem::create_directories(file("locks/account")); }

  [[nodiscard]] app::SchemaSources sources(const es::Store* store = nullptr) { return {domain, files, store}; }
  es::Result<std::vector<app::LockedCategory>> write_locks() {
    Rows<app::LockedCategory> rows;
    EVENTSTORE_TRY(app::lock_schemas(domain, files, where, rows));
    return rows.all;
  }
  void write(const std::string& text) const { std::ofstream{lock} << text; }
  void write(const std::string& name, const std::string& record) const {
    write(es::write_lock("account", {{1, must(es::Schema::parse(name + record))}}));
  }
};

const app::SchemaVerdict& find(const std::vector<app::SchemaVerdict>& rows, const std::string& event) {
  for (const auto& row : rows)
    if (row.event_type == event && row.verdict != "same") return row;
  FAIL("no row about " << event);
  return rows.front();
}

}  // namespace

TEST_CASE("schemas of the code and of the log are listed", "[schemas]") {
  Registry registry;
  auto store = registry.open();
  registry.fill(store, 3);
  Rows<app::SchemaSummary> rows;
  REQUIRE(app::list_schemas(registry.sources(&store), registry.where, rows));
  REQUIRE(rows.all.size() == 4);
  CHECK(rows.all[1].event_type == "AccountOpened");
  CHECK(rows.all[1].events == 1);
  CHECK(rows.all[2].event_type == "MoneyDeposited");
  CHECK(rows.all[2].events == 2);
  CHECK(rows.all[2].read == "same");
  CHECK(!rows.all[2].locked);
  Rows<app::SchemaSummary> without_store;
  REQUIRE(app::list_schemas(registry.sources(), registry.where, without_store));
  CHECK(without_store.all[2].events == 0);
  CHECK(app::list_schemas(registry.sources(), registry.where, full).error().code == Errc::out_of_space);
}

TEST_CASE("a schema is shown by its event's name, with its fields in their order", "[schemas]") {
  Registry registry;
  Rows<app::SchemaDetails> rows;
  REQUIRE(app::show_schema(registry.sources(), {"AccountOpened", registry.where}, rows));
  REQUIRE(rows.all.size() == 1);
  CHECK(rows.all[0].fields.text == R"({"owner":"text","limit":"int64"})");
  CHECK(!rows.all[0].differences);
  CHECK(es::to_json(rows.all[0]) ==
        R"({"category":"account","event_type":"AccountOpened","schema":")" + rows.all[0].summary.schema +
            R"(","read":"same","current":true,"events":0,"fields":)" +
            R"({"owner":"text","limit":"int64"},"descriptor":")" + rows.all[0].descriptor + "\"}");
  REQUIRE(app::show_schema(registry.sources(), {"account.AccountOpened", registry.where}, rows));
  REQUIRE(app::show_schema(registry.sources(), {rows.all[0].summary.schema, registry.where}, rows));
  CHECK(rows.all.size() == 3);
  CHECK(app::show_schema(registry.sources(), {"Nothing", registry.where}, rows).error().code == Errc::not_found);
}

TEST_CASE("lock files are made once, and say what is new", "[schemas]") {
  Registry registry;
  const auto first = must(registry.write_locks());
  REQUIRE(first.size() == 1);
  CHECK(first[0].file == registry.lock);
  CHECK(first[0].schemas == 4);
  CHECK(first[0].changes.front() == "AccountOpened is new");
  CHECK(!first[0].breaking);
  CHECK(must(registry.write_locks())[0].changes.empty());
}

TEST_CASE("a lock file with a schema that nothing reads is left alone", "[schemas]") {
  Registry registry;
  registry.write("MoneyDeposited", "{cents:text}");
  Rows<app::LockedCategory> rows;
  CHECK(app::lock_schemas(registry.domain, registry.files, registry.where, rows).error().code ==
        Errc::unreadable_schema);
  REQUIRE(rows.all.size() == 1);
  REQUIRE(rows.all[0].breaking);
  CHECK_THAT(rows.all[0].breaking->front(), Catch::StartsWith("MoneyDeposited as of number 1: "));
  CHECK(rows.all[0].schemas == 1);
  registry.write("nonsense\n");
  CHECK(registry.write_locks().error().code == Errc::corrupt_record);
  std::filesystem::remove_all(registry.where.locks);
  CHECK(registry.write_locks().error().code == Errc::not_found);
}

TEST_CASE("a field that may have been renamed is asked about by lock and by check", "[schemas]") {
  Registry registry;
  const auto question = Catch::Contains("was `cents` renamed from `amount`? Then say es::was(\"amount\")");
  registry.write("MoneyDeposited", "{amount:int64}");  // and `cents` has no default: breaking
  Rows<app::SchemaVerdict> rows;
  CHECK(app::check_schemas(registry.sources(), registry.where, rows).error().code == Errc::unreadable_schema);
  CHECK_THAT(find(rows.all, "MoneyDeposited").write.value_or(""), question);
  Rows<app::LockedCategory> locked;
  CHECK(!app::lock_schemas(registry.domain, registry.files, registry.where, locked));
  CHECK_THAT(locked.all[0].breaking->front(), question);
  registry.write("AccountOpened", "{owner:text,overdraft:int64}");  // `limit` has a default: resolved
  const auto changed = must(registry.write_locks())[0].changes;
  CHECK(changed.size() == 6);
  CHECK_THAT(changed[2], Catch::StartsWith("AccountOpened: was `limit` renamed from `overdraft`?"));
  Rows<app::SchemaVerdict> after;
  REQUIRE(app::check_schemas(registry.sources(), registry.where, after));
  CHECK_THAT(find(after.all, "AccountOpened").how->back(), Catch::StartsWith("was `limit` renamed from `overdraft`?"));
}

TEST_CASE("a check says how each schema is read, and what to write", "[schemas]") {
  Registry registry;
  const auto check = [&](std::vector<app::SchemaVerdict>& all) {
    Rows<app::SchemaVerdict> rows;
    auto checked = app::check_schemas(registry.sources(), registry.where, rows);
    all = rows.all;
    return checked;
  };
  std::vector<app::SchemaVerdict> rows;
  REQUIRE(check(rows));
  CHECK(rows.size() == 4);
  CHECK(!rows[0].write);
  registry.write("MoneyDeposited", "{gone:bool,cents:int32}");
  REQUIRE(check(rows));
  const auto& resolved = find(rows, "MoneyDeposited");
  CHECK(resolved.verdict == "resolved");
  CHECK(resolved.locked == 1);
  REQUIRE(resolved.how);
  CHECK(resolved.how->size() == 2);
  CHECK_THAT(rows[0].write.value_or(""), Catch::Contains("run `schema lock`"));
  registry.write("MoneyDeposited", "{cents:text}");
  CHECK(check(rows).error().code == Errc::unreadable_schema);
  CHECK(find(rows, "MoneyDeposited").verdict == "breaking");
  CHECK(find(rows, "MoneyDeposited").write);
}

TEST_CASE("events of an unknown type that are kept as JSON are named", "[schemas]") {
  Registry registry;
  auto store = registry.open();
  registry.fill(store, 1);
  for (const auto* const type : {"AccountFrozen", "AccountFrozen", "AccountOpened"})
    append_raw(store, "account-bo", type);
  Rows<app::SchemaVerdict> rows;
  const auto checked = app::check_schemas(registry.sources(&store), registry.where, rows);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == Errc::unreadable_schema);
  const auto& row = find(rows.all, "AccountFrozen");
  CHECK(row.verdict == "unknown");
  CHECK(row.schema == "json");
  CHECK(row.events == 2);
  CHECK_THAT(*row.write, Catch::StartsWith("no struct has its name: add the event"));
}

}  // namespace schemas_test
