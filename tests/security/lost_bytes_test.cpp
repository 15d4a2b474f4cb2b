// What is left in the files of a key store: nothing of a key that was destroyed.
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "key_stores.hpp"

namespace lost_bytes_test {

using namespace eventstore;
using namespace eventstore::test;

namespace {

using Wrapped = std::map<std::string, std::string>;  // by subject

// As they are in the file.
Wrapped wrapped_keys(const std::string& folder) {
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open_v2((folder + "/keys.sqlite").c_str(), &connection, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  sqlite3_stmt* statement = nullptr;
  REQUIRE(sqlite3_prepare_v2(connection, "SELECT subject, wrapped FROM keys", -1, &statement, nullptr) == SQLITE_OK);
  Wrapped found;
  while (sqlite3_step(statement) == SQLITE_ROW)
    found[reinterpret_cast<const char*>(sqlite3_column_text(statement, 0))] = {
        static_cast<const char*>(sqlite3_column_blob(statement, 1)),
        static_cast<std::size_t>(sqlite3_column_bytes(statement, 1))};
  sqlite3_finalize(statement);
  sqlite3_close(connection);
  return found;
}

// All bytes of all files, one after another.
std::string bytes_in(const std::string& folder) {
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    std::ifstream file{entry.path(), std::ios::binary};
    bytes.append(std::istreambuf_iterator<char>{file}, {});
  }
  return bytes;
}

// So that a part of it would be found too.
bool has_any_part(const std::string& bytes, const std::string& wrapped) {
  for (std::size_t at = 0; at + 12 <= wrapped.size(); at += 12)
    if (bytes.find(wrapped.substr(at, 12)) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("after an erasure no file has any part of the key, while the store is open", "[keys][bytes]") {
  const TemporaryDirectory directory;
  const auto folder = directory.file("keys");
  const auto keys = opened_keys(options_in(folder));
  std::vector<Subject> subjects;
  for (int i = 0; i < 2000; ++i) {
    subjects.push_back(subject_named("subject-" + std::to_string(i * 7919 % 2000) +
                                     std::string(static_cast<std::size_t>(i) % 60, 'x')));
    if (i % 100 == 99) must(keys->find_or_make(subjects));
  }
  auto wrapped = wrapped_keys(folder);
  REQUIRE(wrapped.size() == 2000);
  REQUIRE(has_any_part(bytes_in(folder), wrapped.begin()->second));

  std::mt19937 random{7};
  std::shuffle(subjects.begin(), subjects.end(), random);
  for (std::size_t i = 0; i < 60; ++i) {
    must(keys->erase(erasure_of(subjects[i])));
    CAPTURE(subjects[i].id);
    CHECK_FALSE(has_any_part(bytes_in(folder), wrapped.at(subjects[i].id)));
    // Others go on being made.
    const auto more = subject_named("more-" + std::to_string(i));
    key_of(*keys, more);
  }
  const auto bytes = bytes_in(folder);
  for (std::size_t i = 0; i < 60; ++i) CHECK_FALSE(has_any_part(bytes, wrapped.at(subjects[i].id)));
  CHECK(has_any_part(bytes, wrapped.at(subjects[60].id)));
}

TEST_CASE("after a rotation no file has a key as the old master key wrapped it", "[keys][bytes]") {
  const TemporaryDirectory directory;
  const auto folder = directory.file("keys");
  const auto keys = opened_keys(options_in(folder));
  std::vector<Subject> subjects;
  for (int i = 0; i < 300; ++i) subjects.push_back(subject_named(std::to_string(i)));
  must(keys->find_or_make(subjects));
  const auto before = wrapped_keys(folder);
  must(keys->rotate(must(MasterKey::parse(other_key))));
  const auto bytes = bytes_in(folder);
  for (const auto& [subject, wrapped] : before) CHECK_FALSE(has_any_part(bytes, wrapped));
}

TEST_CASE("no file of a key store has a key in clear", "[keys][bytes]") {
  const TemporaryDirectory directory;
  const auto folder = directory.file("keys");
  const auto keys = opened_keys(options_in(folder));
  const auto ada = key_of(*keys, subject_named("ada"));
  const auto own = must(keys->own_key());
  must(keys->back_up(folder + "/copy"));
  const auto bytes = bytes_in(folder);
  CHECK(bytes.find(as_text(*ada.bytes)) == std::string::npos);
  CHECK(bytes.find(as_text(own)) == std::string::npos);
}

TEST_CASE("a backup has no part of a key that was destroyed before it", "[keys][bytes]") {
  const TemporaryDirectory directory;
  const auto folder = directory.file("keys");
  const auto keys = opened_keys(options_in(folder));
  key_of(*keys, subject_named("ada"));
  key_of(*keys, subject_named("bob"));
  const auto wrapped = wrapped_keys(folder);
  must(keys->erase(erasure_of(subject_named("ada"))));
  std::filesystem::create_directory(directory.file("copies"));
  must(keys->back_up(directory.file("copies/keys.sqlite")));
  const auto bytes = bytes_in(directory.file("copies"));
  CHECK_FALSE(has_any_part(bytes, wrapped.at("ada")));
  CHECK(has_any_part(bytes, wrapped.at("bob")));
}

}  // namespace lost_bytes_test
