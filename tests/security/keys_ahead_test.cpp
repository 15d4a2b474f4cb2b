// Whoever asks for many keys gets them from rows that were read at once, and sees all the same what others do.
#include "../../src/security/keys_ahead.hpp"

#include "key_stores.hpp"

namespace keys_ahead_test {

using namespace eventstore;
using namespace eventstore::test;

namespace {

// More than are looked up one by one.
constexpr std::size_t people = 3 * security::KeysAhead::look_ups_before;

struct People {
  TemporaryDirectory directory;
  std::string folder = directory.file("keys");
  std::vector<Subject> subjects{};
  std::vector<SubjectKey> made{};
  std::unique_ptr<SqliteKeyStore> writer = opened_keys(options_in(folder));
  std::unique_ptr<SqliteKeyStore> reader{};

  People() {
    for (std::size_t i = 0; i < people; ++i) subjects.push_back(subject_named("person-" + std::to_string(i)));
    made = must(writer->find_or_make(subjects));
    reader = opened_keys(options_in(folder));
    find_all();
  }
  // Backwards: the order in which keys were made is not that in which they are asked for.
  void find_all() const {
    for (std::size_t i = people; i-- > 0;) REQUIRE(must(reader->find(made[i].id)).bytes == made[i].bytes);
  }
};

}  // namespace

TEST_CASE("many keys are found again and again, and one that is not there is missing", "[keys][ahead]") {
  const People all;
  all.find_all();
  CHECK(code_of(all.reader->find(Uuid::v5(eventstore_namespace, "nobody"))) == Errc::missing_key);
}

TEST_CASE("a key that another process destroys is gone also for who has read it ahead", "[keys][ahead]") {
  const People all;
  must(all.writer->erase(erasure_of(all.subjects[7])));
  CHECK_FALSE(must(all.reader->find(all.made[7].id)).bytes);
  CHECK(must(all.reader->find(all.made[8].id)).bytes == all.made[8].bytes);
  must(all.reader->erase(erasure_of(all.subjects[9])));
  CHECK_FALSE(must(all.reader->find(all.made[9].id)).bytes);
}

TEST_CASE("a key that another process makes later is found", "[keys][ahead]") {
  const People all;
  const auto later = key_of(*all.writer, subject_named("later"));
  CHECK(must(all.reader->find(later.id)).bytes == later.bytes);
}

TEST_CASE("keys that were read ahead outlive a rotation of the master key", "[keys][ahead]") {
  const People all;
  must(all.reader->rotate(must(MasterKey::parse(other_key))));
  all.find_all();
  const auto later = key_of(*all.reader, subject_named("later"));
  CHECK(must(all.reader->find(later.id)).bytes == later.bytes);
}

}  // namespace keys_ahead_test
