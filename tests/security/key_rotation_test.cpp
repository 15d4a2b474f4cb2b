// Another master key for the same keys.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "key_stores.hpp"

namespace key_rotation_test {

using namespace eventstore;
using namespace eventstore::test;

namespace {

std::string text_of(const std::string& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

MasterKey key_named(std::string_view digits) { return must(MasterKey::parse(digits)); }

}  // namespace

TEST_CASE("after a rotation the new master key opens the same keys and the old one none", "[keys][rotation]") {
  const TemporaryDirectory directory;
  const auto folder = directory.file("keys");
  const auto ada = subject_named("ada");
  auto keys = opened_keys(options_in(folder));
  const auto key = key_of(*keys, ada);
  const auto own = must(keys->own_key());
  const auto before = keys->generation();
  must(keys->erase(erasure_of(subject_named("bob"))));
  must(keys->rotate(key_named(other_key)));
  // The object that has rotated goes on.
  CHECK(must(keys->find(key.id)).bytes == key.bytes);
  const auto later = key_of(*keys, subject_named("later"));
  CHECK(keys->generation() != before);
  keys.reset();

  CHECK(code_of(SqliteKeyStore::open(options_in(folder))) == Errc::missing_key);
  keys = opened_keys(options_in(folder, other_key));
  CHECK(must(keys->find(key.id)).bytes == key.bytes);
  CHECK(must(keys->find(later.id)).bytes == later.bytes);
  CHECK_FALSE(must(keys->find(subject_named("bob")))->bytes);
  CHECK(must(keys->own_key()) == own);
}

TEST_CASE("a process whose master key was rotated by another one loses no key and makes none", "[keys][rotation]") {
  const TemporaryDirectory directory;
  const auto folder = directory.file("keys");
  const auto ada = subject_named("ada");
  const auto keys = opened_keys(options_in(folder));
  const auto key = key_of(*keys, ada);
  must(opened_keys(options_in(folder))->rotate(key_named(other_key)));
  CHECK(code_of(keys->find(key.id)) == Errc::missing_key);
  const auto bob = subject_named("bob");
  CHECK(code_of(keys->find_or_make({&bob, 1})) == Errc::missing_key);
  CHECK(code_of(keys->rotate(key_named(one_key))) == Errc::missing_key);
  CHECK(must(opened_keys(options_in(folder, other_key))->find(key.id)).bytes == key.bytes);
}

TEST_CASE("a process whose master key stands in a file reads it again after a rotation", "[keys][rotation]") {
  const TemporaryDirectory directory;
  const auto folder = directory.file("keys");
  const auto keys = opened_keys(options_in(folder, ""));
  const auto key = key_of(*keys, subject_named("ada"));
  const auto old_text = text_of(folder + "/master.key");
  must(opened_keys(options_in(folder, ""))->rotate());
  CHECK(text_of(folder + "/master.key") != old_text);
  CHECK_FALSE(std::filesystem::exists(folder + "/master.key.new"));
  CHECK(must(keys->find(key.id)).bytes == key.bytes);
  CHECK(key_of(*keys, subject_named("bob")).bytes);
  CHECK(must(opened_keys(options_in(folder, ""))->find(key.id)).bytes == key.bytes);
}

TEST_CASE("a master key that is kept elsewhere is not replaced beside the key store", "[keys][rotation]") {
  const TemporaryDirectory directory;
  const auto keys = opened_keys(options_in(directory.file("keys")));
  key_of(*keys, subject_named("ada"));
  CHECK(code_of(keys->rotate()) == Errc::invalid_argument);
  CHECK_FALSE(std::filesystem::exists(directory.file("keys/master.key")));
}

}  // namespace key_rotation_test
