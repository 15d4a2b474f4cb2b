// Keys that are kept ready for use.
#include "../../src/security/subject_ciphers.hpp"

#include <atomic>
#include <thread>

#include "key_stores.hpp"

namespace subject_ciphers_test {

using namespace eventstore;
using namespace eventstore::test;
using security::Cipher;
using security::Code;
using security::SubjectCiphers;

namespace {

// Counts how often the key store is asked.
class CountedKeys final : public KeyStore {
 public:
  Result<SubjectKey> find(const Uuid& id) const override {
    ++asked;
    return keys.find(id);
  }
  Result<std::optional<SubjectKey>> find(const Subject& subject) const override {
    ++asked;
    return keys.find(subject);
  }
  Result<std::vector<SubjectKey>> find_or_make(std::span<const Subject> subjects) override {
    ++asked;
    return keys.find_or_make(subjects);
  }
  Result<Erasure> erase(const Erasure& erasure) override { return keys.erase(erasure); }
  Result<void> note(const Subject& subject, ErasureStep step) override { return keys.note(subject, step); }
  Result<std::vector<Erasure>> erasures(bool unfinished_only) const override { return keys.erasures(unfinished_only); }
  Result<KeyBytes> own_key() const override { return keys.own_key(); }
  std::uint64_t generation() const override { return keys.generation(); }

  MemoryKeyStore keys;
  mutable std::atomic<int> asked{0};
};

Code code_by(const Cipher& cipher) { return cipher.code({as_bytes("text")}); }

}  // namespace

TEST_CASE("a key is made ready once and is the one of the key store", "[ciphers]") {
  CountedKeys keys;
  SubjectCiphers ciphers{keys};
  const auto ada = subject_named("ada");
  const auto made = must(ciphers.find_or_make({&ada, 1})).at(0);
  const auto key = must(keys.keys.find(made.id));
  CHECK(code_by(*made.cipher) == code_by(Cipher{*key.bytes}));
  const int asked = keys.asked;
  for (int i = 0; i < 3; ++i) {
    CHECK(must(ciphers.find(made.id))->cipher == made.cipher);
    CHECK(must(ciphers.find(ada))->cipher == made.cipher);
    CHECK(must(ciphers.find_or_make({&ada, 1})).at(0).cipher == made.cipher);
  }
  CHECK(keys.asked == asked);
}

TEST_CASE("a key that is there, one that was destroyed and one that is missing are told apart", "[ciphers]") {
  CountedKeys keys;
  SubjectCiphers ciphers{keys};
  const auto ada = key_of(keys, subject_named("ada"));
  const auto bob = key_of(keys, subject_named("bob"));
  CHECK(must(ciphers.find(ada.id))->cipher);
  must(keys.erase(erasure_of(subject_named("bob"))));
  CHECK_FALSE(must(ciphers.find(bob.id))->cipher);
  CHECK_FALSE(must(ciphers.find(subject_named("bob")))->cipher);
  CHECK_FALSE(must(ciphers.find(subject_named("cy"))));
  const auto missing = ciphers.find(Uuid::v5(eventstore_namespace, "none"));
  CHECK(code_of(missing) == Errc::missing_key);
}

TEST_CASE("a missing key is told with its id and what to do", "[ciphers]") {
  const TemporaryDirectory directory;
  const auto keys = opened_keys(options_in(directory.file("keys")));
  SubjectCiphers ciphers{*keys};
  const auto id = Uuid::v5(eventstore_namespace, "none");
  CHECK(ciphers.find(id).error().message() == "missing_key: find a key [" + id.to_string() + "]: the key store " +
                                                  directory.file("keys/keys.sqlite") +
                                                  " has no key of this id: restore the key store's backup");
}

TEST_CASE("a key that is destroyed is forgotten by all threads", "[ciphers]") {
  CountedKeys keys;
  SubjectCiphers ciphers{keys};
  const auto ada = subject_named("ada");
  const auto id = must(ciphers.find_or_make({&ada, 1})).at(0).id;
  REQUIRE(must(ciphers.find(id))->cipher);
  std::atomic<int> step{0};
  bool had_key = false;
  bool has_key = true;
  std::thread other{[&] {
    had_key = ciphers.find(id).value_or(nullptr)->cipher != nullptr;
    step = 1;
    while (step != 2) std::this_thread::yield();
    has_key = ciphers.find(id).value_or(nullptr)->cipher != nullptr;
  }};
  while (step != 1) std::this_thread::yield();
  must(keys.erase(erasure_of(ada)));
  step = 2;
  other.join();
  CHECK(had_key);
  CHECK_FALSE(has_key);
  CHECK_FALSE(must(ciphers.find(id))->cipher);
  CHECK_FALSE(must(ciphers.find_or_make({&ada, 1})).at(0).cipher);
}

TEST_CASE("as many keys as were asked for are kept, those that were used last", "[ciphers]") {
  CountedKeys keys;
  SubjectCiphers ciphers{keys, 3};
  std::vector<Uuid> ids;
  for (const auto* const id : {"a", "b", "c"}) ids.push_back(key_of(keys, subject_named(id)).id);
  for (const auto& id : ids) must(ciphers.find(id));
  must(ciphers.find(ids[0]));
  must(ciphers.find(key_of(keys, subject_named("d")).id));  // the place of b
  const int asked = keys.asked;
  must(ciphers.find(ids[0]));
  must(ciphers.find(ids[2]));
  CHECK(keys.asked == asked);
  must(ciphers.find(ids[1]));
  CHECK(keys.asked == asked + 1);
}

TEST_CASE("an object at the place of another one has none of its keys", "[ciphers]") {
  CountedKeys keys;
  const auto id = key_of(keys, subject_named("ada")).id;
  std::optional<SubjectCiphers> ciphers;
  ciphers.emplace(keys);
  must(ciphers->find(id));
  CountedKeys other;
  ciphers.emplace(other);
  CHECK(code_of(ciphers->find(id)) == Errc::missing_key);
}

TEST_CASE("keys of several subjects are asked for together", "[ciphers]") {
  CountedKeys keys;
  SubjectCiphers ciphers{keys};
  const std::vector<Subject> first{subject_named("b")};
  const auto b = must(ciphers.find_or_make(first)).at(0);
  const int asked = keys.asked;
  const std::vector<Subject> subjects{subject_named("a"), subject_named("b"), subject_named("c"), subject_named("a")};
  const auto found = must(ciphers.find_or_make(subjects));
  CHECK(keys.asked == asked + 1);
  REQUIRE(found.size() == 4);
  CHECK(found[1].cipher == b.cipher);
  CHECK(found[0].id == found[3].id);
  for (std::size_t i = 0; i < 4; ++i) CHECK(found[i].id == must(keys.keys.find(subjects[i]))->id);
}

TEST_CASE("threads find, make and destroy keys at a time", "[ciphers]") {
  MemoryKeyStore keys;
  SubjectCiphers ciphers{keys, 8};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 500; ++i) {
        const auto subject = subject_named(std::to_string((i * 7 + thread) % 16));
        const auto made = ciphers.find_or_make({&subject, 1});
        if (!made) ++wrong;
        if (!made) continue;
        const auto found = ciphers.find(made->at(0).id);
        if (!found || (*found)->id != made->at(0).id) ++wrong;
        if (thread == 0 && i % 100 == 99 && !keys.erase(erasure_of(subject))) ++wrong;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
}

}  // namespace subject_ciphers_test
