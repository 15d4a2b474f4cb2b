// Full disks and killed processes, at every step.
#include "stopped_disk.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "key_stores.hpp"

namespace stopped_disk_test {

using namespace eventstore;
using namespace eventstore::test;

namespace {

// Runs `work` in a process that is killed at the step `at`; true, where it came to its end before.
bool ends_before(int at, const std::function<bool()>& work) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const StoppedDisk disk{Stop::killed, at};
    ::_exit(work() ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  REQUIRE((WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == killed_code));
  return WEXITSTATUS(status) == 0;
}

std::vector<SubjectKey> keys_in(const KeyStoreOptions& options, const std::vector<Subject>& subjects) {
  return must(opened_keys(options)->find_or_make(subjects));
}

void check_same(const std::vector<SubjectKey>& found, const std::vector<SubjectKey>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].id == expected[i].id);
    CHECK(found[i].bytes == expected[i].bytes);
  }
}

std::vector<Subject> some_subjects() {
  std::vector<Subject> subjects;
  for (int i = 0; i < 60; ++i) subjects.push_back(subject_named("subject-" + std::to_string(i)));
  return subjects;
}

}  // namespace

TEST_CASE("on a disk that is full from any step on no key is made and the next try makes it", "[keys][full]") {
  const TemporaryDirectory directory;
  const auto ada = subject_named("ada");
  bool is_whole = false;
  int at = 0;
  while (!is_whole) {
    CAPTURE(++at);
    REQUIRE(at < 200);
    const auto options = options_in(directory.file("keys-" + std::to_string(at)));
    std::unique_ptr<SqliteKeyStore> keys;
    {
      const StoppedDisk disk{Stop::full, at};
      keys = opened_keys(options);
      const auto made = keys->find_or_make({&ada, 1});
      is_whole = made.has_value();
      if (!made) {
        REQUIRE(disk.has_stopped());
        CHECK(made.error().code == Errc::out_of_space);
        CHECK_FALSE(must(keys->find(ada)));
      }
    }
    const auto key = key_of(*keys, ada);
    REQUIRE(key.bytes);
    keys.reset();
    CHECK(key_of(*opened_keys(options), ada).bytes == key.bytes);
  }
  CHECK(at > 5);
}

TEST_CASE("on a full disk no subject is erased by half", "[keys][full]") {
  const TemporaryDirectory directory;
  const auto ada = subject_named("ada");
  const auto options = options_in(directory.file("keys"));
  const auto key = key_of(*opened_keys(options), ada);
  bool is_whole = false;
  for (int at = 1; !is_whole; ++at) {
    CAPTURE(at);
    REQUIRE(at < 200);
    const auto keys = opened_keys(options);
    const StoppedDisk disk{Stop::full, at};
    const auto other = opened_keys(options);  // its files are on that disk
    const auto erased = other->erase(erasure_of(ada));
    is_whole = erased.has_value();
    const bool is_noted = !must(keys->erasures(false)).empty();
    CHECK(must(keys->find(key.id)).bytes.has_value() == !is_noted);
    if (is_whole) CHECK(is_noted);
    if (is_noted) break;
  }
  must(opened_keys(options)->erase(erasure_of(ada)));
  CHECK_FALSE(must(opened_keys(options)->find(key.id)).bytes);
}

TEST_CASE("a process that is killed while it makes a key store leaves none or a whole one", "[keys][crash]") {
  const TemporaryDirectory directory;
  const auto subjects = some_subjects();
  bool is_whole = false;
  for (int at = 1; !is_whole; ++at) {
    CAPTURE(at);
    REQUIRE(at < 300);
    auto options = options_in(directory.file("keys-" + std::to_string(at)), "");
    is_whole = ends_before(at, [&] {
      const auto keys = SqliteKeyStore::open(options);
      return keys && (*keys)->find_or_make(subjects);
    });
    const auto keys = opened_keys(options);
    std::size_t found = 0;
    for (const auto& subject : subjects) found += must(keys->find(subject)) ? 1U : 0U;
    CHECK((found == 0 || found == subjects.size()));
    check_same(must(keys->find_or_make(subjects)), must(keys->find_or_make(subjects)));
  }
}

TEST_CASE("a process that is killed while it erases has erased wholly or not at all", "[keys][crash]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory.file("keys"));
  bool is_whole = false;
  int erased = 0;
  for (int at = 1; !is_whole; ++at) {
    CAPTURE(at);
    REQUIRE(at < 300);
    const auto ada = subject_named("ada-" + std::to_string(at));
    const auto key = key_of(*opened_keys(options), ada);
    is_whole = ends_before(at, [&] {
      const auto keys = SqliteKeyStore::open(options);
      return keys && (*keys)->erase(erasure_of(ada));
    });
    const auto keys = opened_keys(options);
    const auto erasures = must(keys->erasures(true)).size();
    const bool is_noted = erasures > static_cast<std::size_t>(erased);
    CHECK(must(keys->find(key.id)).bytes.has_value() == !is_noted);
    if (is_whole) CHECK(is_noted);
    erased = static_cast<int>(erasures);
  }
}

TEST_CASE("a process that is killed while it rotates leaves the old master key or the new one", "[keys][crash]") {
  const TemporaryDirectory directory;
  const auto subjects = some_subjects();
  const auto options = options_in(directory.file("keys"));
  const auto expected = keys_in(options, subjects);
  const auto own_key = must(opened_keys(options)->own_key());
  auto one = options;
  auto other = options_in(directory.file("keys"), other_key);
  bool is_whole = false;
  for (int at = 1; !is_whole; ++at) {
    CAPTURE(at);
    REQUIRE(at < 300);
    is_whole = ends_before(at, [&] {
      const auto keys = SqliteKeyStore::open(one);
      return keys && (*keys)->rotate(must(MasterKey::parse(other.master_key.text)));
    });
    if (SqliteKeyStore::open(other)) std::swap(one, other);
    CHECK(code_of(SqliteKeyStore::open(other)) == Errc::missing_key);
    check_same(keys_in(one, subjects), expected);
    CHECK(must(opened_keys(one)->own_key()) == own_key);
  }
}

TEST_CASE("a master key beside the key store is found again wherever its rotation was killed", "[keys][crash]") {
  const TemporaryDirectory directory;
  const auto subjects = some_subjects();
  const auto options = options_in(directory.file("keys"), "");
  const auto expected = keys_in(options, subjects);
  bool is_whole = false;
  for (int at = 1; !is_whole; ++at) {
    CAPTURE(at);
    REQUIRE(at < 300);
    is_whole = ends_before(at, [&] {
      const auto keys = SqliteKeyStore::open(options);
      return keys && (*keys)->rotate();
    });
    check_same(keys_in(options, subjects), expected);
  }
}

}  // namespace stopped_disk_test
