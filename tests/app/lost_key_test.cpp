// A key that the key store has lost: the person is named, and can be given up like one who is erased.
#include <sqlite3.h>
#include <eventstore/app/keys.hpp>

#include "clinic.hpp"

namespace lost_key_test {

using namespace clinic;

namespace {

// The row alone, as somebody with another tool would delete it.
void lose_key(const Clinic& clinic, const string& subject) {
  sqlite3* file = nullptr;
  REQUIRE(sqlite3_open((clinic.directory + "/keys/keys.sqlite").c_str(), &file) == SQLITE_OK);
  const auto sql = "DELETE FROM keys WHERE subject = '" + subject + "'";
  CHECK(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(sqlite3_changes(file) == 1);
  sqlite3_close(file);
}

struct FilledClinic : Clinic {
  FilledClinic() {
    keys = nullptr;  // the store's own
    auto store = open();
    fill(store);
    REQUIRE(store.close());
  }
};

vector<app::MissingKey> missing_in(const es::Store& store) {
  Rows<app::MissingKey> rows;
  REQUIRE(app::list_missing_keys(store, rows));
  return rows.all;
}

}  // namespace

TEST_CASE("a missing key is counted and listed with its person and the error names the way out", "[erase][lost]") {
  const FilledClinic clinic;
  {
    auto store = clinic.open();
    CHECK(must(app::keys_status(store)).missing_keys == 0U);
    CHECK(missing_in(store).empty());
  }
  lose_key(clinic, "p-1");
  auto store = clinic.open();
  CHECK(must(app::keys_status(store)).missing_keys == 1U);
  const auto missing = missing_in(store);
  REQUIRE(missing.size() == 1);
  CHECK(missing[0].subject == "p-1");
  CHECK(missing[0].organization_id == "default");
  CHECK(missing[0].events == 3);
  CHECK(missing[0].stream == "patient-p-1");
  const auto loaded = store.repository<Patient>().load("p-1");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == Errc::missing_key);
  CHECK_THAT(loaded.error().message(), Catch::Contains("`subject erase p-1`"));
  // The visit names its patient by its state, which has personal values itself.
  const auto visit = store.repository<Visit>().load("v-1");
  REQUIRE_FALSE(visit);
  CHECK_THAT(visit.error().message(), Catch::Contains("`subject erase p-1`"));
  CHECK(Clinic::name_of(store, "p-2") == "Arthur");
}

TEST_CASE("a person whose key is missing is given up and reads go on with defaults", "[erase][lost]") {
  const FilledClinic clinic;
  lose_key(clinic, "p-1");
  {
    auto store = clinic.open();
    const auto erased = Clinic::erase(store);
    CHECK(erased.lost_keys == 1);
    CHECK_FALSE(erased.already_erased);
    CHECK_FALSE(erased.left);
    CHECK(erased.streams == 2);
    CHECK(Clinic::name_of(store, "p-1").empty());
    CHECK(must(store.log().read_all({.limit = es::no_limit})).events.size() > 8);
    CHECK(must(app::keys_status(store)).missing_keys == 0U);
    CHECK(found_in(clinic.directory) == vector<string>{});
    const auto renamed = store.execute<Patient>("p-1", Rename{"Zaphod again"});
    REQUIRE_FALSE(renamed);
    CHECK(renamed.error().refusal_code == "subject_erased");
    REQUIRE(store.close());
  }
  auto store = clinic.open();  // it lasts
  CHECK(Clinic::name_of(store, "p-1").empty());
  CHECK(must(store.repository<Visit>().load("v-1")).state.notes == vector<string>{"", ""});
  CHECK(Clinic::erase(store).already_erased);
  CHECK(must(store.keys().erasures(true)).empty());
}

TEST_CASE("a lost key of a stream that named its person later is the person's", "[erase][lost]") {
  const FilledClinic clinic;
  lose_key(clinic, "visit-v-1");
  auto store = clinic.open();
  REQUIRE(missing_in(store).size() == 1);
  CHECK(missing_in(store)[0].subject == "visit-v-1");
  CHECK_FALSE(store.repository<Visit>().load("v-1"));
  Clinic::erase(store);
  CHECK(must(store.repository<Visit>().load("v-1")).state.notes == vector<string>{"", ""});
}

TEST_CASE("a key store that is older than a person who was erased reads them as erased", "[erase][lost]") {
  const FilledClinic clinic;
  const auto copy = clinic.folder.file("keys.sqlite");
  {
    auto store = clinic.open();
    REQUIRE(store.own_keys()->back_up(copy));
    must(store.execute<Patient>("p-7", Register{"Slartibartfast", "slarti@fjord.example"}));
    Clinic::erase(store, "p-7");
    REQUIRE(store.close());
  }
  std::filesystem::copy_file(copy, clinic.directory + "/keys/keys.sqlite",
                             std::filesystem::copy_options::overwrite_existing);
  auto store = clinic.open();
  CHECK(Clinic::name_of(store, "p-7").empty());
  CHECK(Clinic::name_of(store, "p-1") == "Beeblebroxa");
}

}  // namespace lost_key_test
