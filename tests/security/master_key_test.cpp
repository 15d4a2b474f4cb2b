// Where a master key comes from.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/security/master_key.hpp>
#include <fstream>
#include <temporary_directory.hpp>
#include <thread>
#include <vector>

namespace master_key_test {

using namespace eventstore;

namespace {

const std::string digits = "000102030405060708090a0B0c0d0e0f101112131415161718191a1b1c1d1e1f";
const std::string base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

KeyBytes counted_key() {
  KeyBytes key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(i);
  return key;
}

std::string written(const test::TemporaryDirectory& directory, const std::string& content, mode_t mode = 0600) {
  const auto path = directory.file("key");
  std::ofstream{path, std::ios::binary | std::ios::trunc} << content;
  REQUIRE(::chmod(path.c_str(), mode) == 0);
  return path;
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("a master key is read from hexadecimal digits and from base64", "[master-key]") {
  for (const auto& text : {digits, "\n  " + digits + " \r\n", base64, base64.substr(0, 43), base64 + "\n"})
    CHECK(must(MasterKey::parse(text)).bytes() == counted_key());
}

TEST_CASE("text of another length or alphabet is no master key and is not repeated", "[master-key]") {
  for (const auto& text : {std::string{}, std::string{"secret"}, digits.substr(1), digits + "00", std::string(64, 'x'),
                           std::string(44, '*'), digits.substr(0, 32) + " " + digits.substr(33)}) {
    const auto key = MasterKey::parse(text);
    REQUIRE_FALSE(key);
    CHECK(key.error().message() ==
          "invalid_argument: read the master key [EVENTSTORE_MASTER_KEY]: a master key is 32 bytes: 64 hexadecimal "
          "digits, or 44 characters of base64");
  }
}

TEST_CASE("a file has the master key as text or as bytes", "[master-key]") {
  const test::TemporaryDirectory directory;
  const auto key = counted_key();
  const auto raw = std::string{as_text(key)};
  for (const auto& content : {digits + "\n", base64 + "\n", raw, raw + "\n"})
    CHECK(must(MasterKey::read(written(directory, content))).bytes() == key);
}

TEST_CASE("what is wrong with the file of a master key is one line", "[master-key]") {
  const test::TemporaryDirectory directory;
  const auto message = [](const std::string& path) {
    const auto key = MasterKey::read(path);
    REQUIRE_FALSE(key);
    return key.error().message();
  };
  const auto path = directory.file("key");
  CHECK(message(path) == "missing_key: read the master key [" + path +
                             "]: there is no such file: put the key there, or name its place by "
                             "EVENTSTORE_MASTER_KEY_FILE");
  for (const mode_t mode : {0640U, 0604U, 0620U, 0610U, 0666U})
    CHECK(message(written(directory, digits, mode)) ==
          "invalid_argument: read the master key [" + path +
              "]: others than its owner may read or write it: run chmod 600 on it");
  for (const auto& content : {std::string{}, digits.substr(2), std::string(5000, 'a')})
    CHECK(message(written(directory, content)) ==
          "invalid_argument: read the master key [" + path +
              "]: a master key is 32 bytes: 64 hexadecimal digits, or 44 characters of base64, or the bytes "
              "themselves");
  const auto pipe = directory.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  for (const auto& other : {pipe, directory.path()})
    CHECK(message(other) == "invalid_argument: read the master key [" + other +
                                "]: it is a directory, a pipe or a device: name a regular file");
}

TEST_CASE("the named file counts before the named key and both before the file beside", "[master-key]") {
  const test::TemporaryDirectory directory;
  const auto path = written(directory, digits);
  const auto other = std::string(64, '7');
  CHECK(must(find_master_key({path, other}, directory.path(), true)).key.bytes() == counted_key());
  CHECK(must(find_master_key({"", digits}, directory.path(), true)).key.bytes() == counted_key());
  CHECK(::access(directory.file("master.key").c_str(), F_OK) != 0);
  CHECK(find_master_key({directory.file("none"), digits}, directory.path(), true).error().code == Errc::missing_key);
}

TEST_CASE("a variable for the master key that is set and empty is one clear error", "[master-key]") {
  const test::TemporaryDirectory directory;
  const auto found_with = [&](const char* file, const char* text) {
    file == nullptr ? ::unsetenv("EVENTSTORE_MASTER_KEY_FILE") : ::setenv("EVENTSTORE_MASTER_KEY_FILE", file, 1);
    text == nullptr ? ::unsetenv("EVENTSTORE_MASTER_KEY") : ::setenv("EVENTSTORE_MASTER_KEY", text, 1);
    auto found = find_master_key(master_key_of_environment(), directory.file("keys"), true);
    ::unsetenv("EVENTSTORE_MASTER_KEY_FILE");
    ::unsetenv("EVENTSTORE_MASTER_KEY");
    return found;
  };
  const auto rest = "]: it is set and empty: give it the key, or the path of its file, or unset it";
  CHECK(found_with("", digits.c_str()).error().message() ==
        std::string{"invalid_argument: read the master key [EVENTSTORE_MASTER_KEY_FILE"} + rest);
  CHECK(found_with(nullptr, "").error().message() ==
        std::string{"invalid_argument: read the master key [EVENTSTORE_MASTER_KEY"} + rest);
  CHECK(::access(directory.file("keys").c_str(), F_OK) != 0);  // none was made instead
  const auto path = written(directory, digits);
  CHECK(must(found_with(path.c_str(), "")).key.bytes() == counted_key());  // the other one counts
}

TEST_CASE("where no master key is named one is made beside, for its owner alone, and said once", "[master-key]") {
  const test::TemporaryDirectory directory;
  const auto folder = directory.file("keys");
  const auto path = folder + "/master.key";
  CHECK(find_master_key({}, folder, false).error().code == Errc::missing_key);
  CHECK(::access(folder.c_str(), F_OK) != 0);

  const auto made = must(find_master_key({}, folder, true));
  CHECK(made.made_file == path);
  CHECK(mode_of(path) == 0600);
  CHECK(mode_of(folder) == 0700);
  const auto found = must(find_master_key({}, folder, true));
  CHECK(found.made_file.empty());
  CHECK(found.key.bytes() == made.key.bytes());
  CHECK(made.key.bytes() != must(MasterKey::make()).bytes());
  CHECK_FALSE(must(made.key.write(path)));  // the name is taken
}

TEST_CASE("threads that make the file beside at a time get one key", "[master-key]") {
  const test::TemporaryDirectory directory;
  std::vector<KeyBytes> keys(8);
  std::vector<std::thread> threads;
  for (auto& key : keys)
    threads.emplace_back([&] {
      const auto found = find_master_key({}, directory.file("keys"), true);
      if (found) key = found->key.bytes();
    });
  for (auto& thread : threads) thread.join();
  CHECK(keys[0] != KeyBytes{});
  CHECK(std::count(keys.begin(), keys.end(), keys[0]) == 8);
}

}  // namespace master_key_test
