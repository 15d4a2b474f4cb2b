// How a key store on disk is opened, and by what it is refused.
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "key_stores.hpp"

namespace key_store_test {

using namespace eventstore;
using namespace eventstore::test;

namespace {

struct Made {
  TemporaryDirectory directory;
  std::string folder = directory.file("keys");
  std::string path = folder + "/keys.sqlite";
  Subject ada = subject_named("ada");
  SubjectKey key = key_of(*opened_keys(options_in(folder)), ada);
};

void run_in(const std::string& path, const std::string& sql) {
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open_v2(path.c_str(), &connection, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
  char* said = nullptr;
  const int code = sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &said);
  INFO((said == nullptr ? "" : said));
  CHECK(code == SQLITE_OK);
  sqlite3_free(said);
  sqlite3_close(connection);
}

std::string contents_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::string refusal(const KeyStoreOptions& options) {
  const auto opened = SqliteKeyStore::open(options);
  REQUIRE_FALSE(opened);
  return opened.error().message();
}

}  // namespace

TEST_CASE("keys and erasures are there after the key store is opened again", "[keys]") {
  Made made;
  const auto own = must(opened_keys(options_in(made.folder))->own_key());
  must(opened_keys(options_in(made.folder))->erase(erasure_of(subject_named("bob"))));
  const auto keys = opened_keys(options_in(made.folder));
  CHECK(must(keys->find(made.key.id)).bytes == made.key.bytes);
  CHECK_FALSE(must(keys->find(subject_named("bob")))->bytes);
  CHECK(must(keys->erasures(true)).size() == 1);
  CHECK(must(keys->own_key()) == own);
}

TEST_CASE("a key store is made by the first call that needs one, for its owner alone, and left as one file", "[keys]") {
  const TemporaryDirectory directory;
  const auto folder = directory.file("store/keys");
  {
    const auto keys = opened_keys(options_in(folder, ""));
    CHECK_FALSE(must(keys->find(subject_named("ada"))));
    CHECK(must(keys->erasures(false)).empty());
    CHECK_FALSE(std::filesystem::exists(folder));
    key_of(*keys, subject_named("ada"));
    CHECK(keys->made_master_key() == folder + "/master.key");
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
      CAPTURE(entry.path().string());
      CHECK((std::filesystem::status(entry.path()).permissions() & std::filesystem::perms{0077}) ==
            std::filesystem::perms::none);
    }
  }
  CHECK(std::filesystem::status(folder).permissions() == std::filesystem::perms{0700});
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>{"keys.sqlite", "master.key"});
  CHECK(opened_keys(options_in(folder, ""))->made_master_key().empty());
}

TEST_CASE("a wrong master key is one line and changes nothing", "[keys]") {
  Made made;
  const auto before = contents_of(made.path);
  CHECK(refusal(options_in(made.folder, other_key)) ==
        "missing_key: open the key store [" + made.path +
            "]: the master key does not open this key store: give the one with which it was made, by "
            "EVENTSTORE_MASTER_KEY_FILE or EVENTSTORE_MASTER_KEY");
  CHECK(contents_of(made.path) == before);
  CHECK(must(opened_keys(options_in(made.folder))->find(made.key.id)).bytes == made.key.bytes);
}

TEST_CASE("a lost master key is one line and none is made in its place", "[keys]") {
  Made made;
  CHECK(refusal(options_in(made.folder, "")) == "missing_key: read the master key [" + made.folder +
                                                    "/master.key]: there is no such file: put the key there, or name "
                                                    "its place by EVENTSTORE_MASTER_KEY_FILE");
  CHECK_FALSE(std::filesystem::exists(made.folder + "/master.key"));
}

TEST_CASE("the key store of another log is refused by the names of both", "[keys]") {
  Made made;
  auto options = options_in(made.folder);
  options.log_id = Uuid::v5(eventstore_namespace, "another log");
  CHECK(refusal(options) == "invalid_argument: open the key store [" + made.path + "]: it belongs to the log " +
                                log_id.to_string() + ", and this log is " + options.log_id.to_string() +
                                ": put the key store of this log there");
}

TEST_CASE("a key store of a newer format is refused", "[keys]") {
  Made made;
  run_in(made.path, "UPDATE meta SET format = 2");
  const auto opened = SqliteKeyStore::open(options_in(made.folder));
  CHECK(code_of(opened) == Errc::newer_format);
}

TEST_CASE("a key store that is expected and missing is an error and is not made again", "[keys]") {
  Made made;
  std::filesystem::remove(made.path);
  auto options = options_in(made.folder);
  options.is_expected = true;
  CHECK(refusal(options) == "missing_key: open the key store [" + made.path +
                                "]: it is missing, and the log has values that are encrypted by its keys: restore the "
                                "key store's backup");
  CHECK_FALSE(std::filesystem::exists(made.path));
}

TEST_CASE("what is no key store or is damaged is told as damage", "[keys]") {
  Made made;
  SECTION("an empty file") { std::filesystem::resize_file(made.path, 0); }
  SECTION("another file") { std::ofstream{made.path} << "this is no key store at all, but some text"; }
  SECTION("another database") { run_in(made.path, "DROP TABLE meta"); }
  SECTION("no head") { run_in(made.path, "DELETE FROM meta"); }
  SECTION("a head that is too short") { run_in(made.path, "UPDATE meta SET log_id = x'00'"); }
  SECTION("an own key that is changed") { run_in(made.path, "UPDATE meta SET own_key = randomblob(60)"); }
  SECTION("a check that is changed") { run_in(made.path, "UPDATE meta SET master_check = zeroblob(60)"); }
  const auto opened = SqliteKeyStore::open(options_in(made.folder));
  REQUIRE_FALSE(opened);
  INFO(opened.error().message());
  CHECK(opened.error().code == Errc::corrupt_record);
}

TEST_CASE("a key that was changed is damage that names it, and no other key", "[keys]") {
  Made made;
  const auto bob = key_of(*opened_keys(options_in(made.folder)), subject_named("bob"));
  SECTION("another value") { run_in(made.path, "UPDATE keys SET wrapped = randomblob(60) WHERE subject = 'ada'"); }
  SECTION("another length") { run_in(made.path, "UPDATE keys SET wrapped = x'01' WHERE subject = 'ada'"); }
  SECTION("the value of another subject") {
    run_in(made.path,
           "UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE subject = 'bob') WHERE subject = 'ada'");
  }
  SECTION("the name of another subject") { run_in(made.path, "UPDATE keys SET subject = 'eve' WHERE subject = 'ada'"); }
  const auto keys = opened_keys(options_in(made.folder));
  CHECK(code_of(keys->find(made.key.id)) == Errc::corrupt_record);
  CHECK(must(keys->find(bob.id)).bytes == bob.bytes);
  const std::vector<Subject> both{subject_named("new"), made.ada, subject_named("eve")};
  CHECK_FALSE(keys->find_or_make(both));
  CHECK_FALSE(must(keys->find(both[0])));  // nothing was made
}

TEST_CASE("a reader makes no file and sees what a writer makes", "[keys]") {
  const TemporaryDirectory directory;
  const auto folder = directory.file("keys");
  auto options = options_in(folder);
  options.read_only = true;
  const auto reader = opened_keys(options);
  const auto ada = subject_named("ada");
  CHECK_FALSE(must(reader->find(ada)));
  CHECK(code_of(reader->find(Uuid{})) == Errc::missing_key);
  CHECK(code_of(reader->own_key()) == Errc::missing_key);
  CHECK(code_of(reader->find_or_make({&ada, 1})) == Errc::read_only);
  CHECK(code_of(reader->erase(erasure_of(ada))) == Errc::read_only);
  CHECK(code_of(reader->rotate(must(MasterKey::make()))) == Errc::read_only);
  CHECK(code_of(reader->back_up(directory.file("copy"))) == Errc::not_found);
  CHECK_FALSE(std::filesystem::exists(folder));

  const auto writer = opened_keys(options_in(folder));
  const auto key = key_of(*writer, ada);
  CHECK(must(reader->find(key.id)).bytes == key.bytes);
  CHECK(must(reader->own_key()) == must(writer->own_key()));
  const auto before = reader->generation();
  CHECK(reader->generation() == before);
  must(writer->erase(erasure_of(ada)));
  CHECK(reader->generation() != before);
  CHECK_FALSE(must(reader->find(key.id)).bytes);
}

}  // namespace key_store_test
