// A key store that several processes have open, and its backup.
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "key_stores.hpp"

namespace key_files_test {

using namespace eventstore;
using namespace eventstore::test;

namespace {

// Starts another process; the result waits for its end, and is its exit code.
std::function<int()> in_another_process(const std::function<int()>& work) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) ::_exit(work());
  return [child] {
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  };
}

int make_all(const KeyStoreOptions& options, int count) {
  const auto keys = SqliteKeyStore::open(options);
  if (!keys) return 2;
  for (int i = 0; i < count; ++i) {
    const auto subject = subject_named(std::to_string(i));
    if (!(*keys)->find_or_make({&subject, 1})) return 3;
  }
  return 0;
}

}  // namespace

TEST_CASE("processes that make a key store at a time make one", "[keys][processes]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory.file("keys"), "");
  std::vector<std::function<int()>> ends;
  for (int i = 0; i < 3; ++i) ends.push_back(in_another_process([&] { return make_all(options, 20); }));
  for (const auto& end : ends) CHECK(end() == 0);
  const auto keys = opened_keys(options);
  for (int i = 0; i < 20; ++i) CHECK(must(keys->find(subject_named(std::to_string(i))))->bytes);
}

TEST_CASE("what another process makes or erases is seen by the next call", "[keys][processes]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory.file("keys"));
  const auto other = [&](auto work) {
    return in_another_process([&] {
      const auto keys = SqliteKeyStore::open(options);
      return keys && work(**keys) ? 0 : 1;
    })();
  };
  const auto ada = subject_named("ada");
  REQUIRE(other([&](KeyStore& keys) { return keys.find_or_make({&ada, 1}).has_value(); }) == 0);
  const auto keys = opened_keys(options);
  const auto key = key_of(*keys, ada);
  const auto before = keys->generation();
  REQUIRE(other([&](KeyStore& others) { return others.find_or_make({&ada, 1})->at(0).bytes == key.bytes; }) == 0);
  CHECK(keys->generation() == before);
  REQUIRE(other([&](KeyStore& others) { return others.erase(erasure_of(ada)).has_value(); }) == 0);
  CHECK(keys->generation() != before);
  CHECK_FALSE(must(keys->find(key.id)).bytes);
  CHECK(must(keys->erasures(true)).size() == 1);
}

TEST_CASE("a backup is for its owner alone, is opened by the same master key and brings keys back", "[keys][backup]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory.file("keys"));
  const auto copy = directory.file("copy");
  const auto ada = subject_named("ada");
  SubjectKey key;
  {
    const auto keys = opened_keys(options);
    key = key_of(*keys, ada);
    std::ofstream{copy} << "an older backup";
    must(keys->back_up(copy));
    CHECK(std::filesystem::status(copy).permissions() == std::filesystem::perms{0600});
    must(keys->erase(erasure_of(ada)));
  }
  CHECK(code_of(SqliteKeyStore::open(options_in(directory.file("keys"), other_key))) == Errc::missing_key);
  std::filesystem::copy_file(copy, directory.file("keys/keys.sqlite"),
                             std::filesystem::copy_options::overwrite_existing);
  const auto restored = opened_keys(options);
  CHECK(must(restored->find(key.id)).bytes == key.bytes);
  CHECK(must(restored->erasures(false)).empty());
  must(restored->erase(erasure_of(ada)));
  CHECK_FALSE(must(restored->find(key.id)).bytes);
}

TEST_CASE("a backup that fails leaves the one before", "[keys][backup]") {
  const TemporaryDirectory directory;
  const auto keys = opened_keys(options_in(directory.file("keys")));
  key_of(*keys, subject_named("ada"));
  CHECK_FALSE(keys->back_up(directory.file("none/copy")));
  std::filesystem::create_directory(directory.file("taken"));
  CHECK_FALSE(keys->back_up(directory.file("taken")));
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{directory.path()}) ++files;
  CHECK(files == 2);
}

}  // namespace key_files_test
