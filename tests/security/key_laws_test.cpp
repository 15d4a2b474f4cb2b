// What every key store promises.
#include <rapidcheck.h>
#include <map>
#include <set>
#include <thread>

#include "key_stores.hpp"

namespace key_laws_test {

using namespace eventstore;
using namespace eventstore::test;

#define KEY_STORES MemoryKeys, SqliteKeys

TEMPLATE_TEST_CASE("a key that was made is found by its id and by its subject", "[keys][laws]", KEY_STORES) {
  TestType test;
  const auto ada = subject_named("ada");
  CHECK_FALSE(must(test.keys.find(ada)));
  const auto made = key_of(test.keys, ada);
  REQUIRE(made.bytes);
  CHECK_FALSE(made.id.is_nil());
  CHECK(must(test.keys.find(made.id)).bytes == made.bytes);
  const auto found = must(test.keys.find(ada));
  REQUIRE(found);
  CHECK(found->id == made.id);
  CHECK(found->bytes == made.bytes);
  CHECK(key_of(test.keys, ada).bytes == made.bytes);
}

TEMPLATE_TEST_CASE("a key that is not there is missing", "[keys][laws]", KEY_STORES) {
  TestType test;
  key_of(test.keys, subject_named("ada"));
  CHECK(code_of(test.keys.find(Uuid::v5(eventstore_namespace, "none"))) == Errc::missing_key);
}

TEMPLATE_TEST_CASE("subjects of one id in two organizations have a key each", "[keys][laws]", KEY_STORES) {
  TestType test;
  const auto one = key_of(test.keys, subject_named("ada", "org-1"));
  const auto other = key_of(test.keys, subject_named("ada", "org-2"));
  CHECK(one.id != other.id);
  CHECK(one.bytes != other.bytes);
  must(test.keys.erase(erasure_of(subject_named("ada", "org-1"))));
  CHECK(must(test.keys.find(other.id)).bytes == other.bytes);
}

TEMPLATE_TEST_CASE("keys are given in the order of the subjects", "[keys][laws]", KEY_STORES) {
  TestType test;
  const auto bob = key_of(test.keys, subject_named("bob"));
  const std::vector<Subject> subjects{subject_named("ada"), subject_named("bob"), subject_named("ada")};
  const auto keys = must(test.keys.find_or_make(subjects));
  REQUIRE(keys.size() == 3);
  CHECK(keys[0].id == keys[2].id);
  CHECK(keys[0].id == must(test.keys.find(subjects[0]))->id);
  CHECK(keys[1].id == bob.id);
}

TEMPLATE_TEST_CASE("an erased subject has no key and gets none", "[keys][laws]", KEY_STORES) {
  TestType test;
  const auto ada = subject_named("ada");
  const auto made = key_of(test.keys, ada);
  const auto before = test.keys.generation();
  must(test.keys.erase(erasure_of(ada)));
  CHECK(test.keys.generation() != before);
  CHECK_FALSE(must(test.keys.find(made.id)).bytes);
  CHECK_FALSE(must(test.keys.find(ada))->bytes);
  const auto again = key_of(test.keys, ada);
  CHECK(again.id == made.id);
  CHECK_FALSE(again.bytes);
}

TEMPLATE_TEST_CASE("a subject that is erased before it has a key gets none", "[keys][laws]", KEY_STORES) {
  TestType test;
  must(test.keys.erase(erasure_of(subject_named("ada"))));
  CHECK_FALSE(key_of(test.keys, subject_named("ada")).bytes);
}

TEMPLATE_TEST_CASE("a lost key that is given up with its subject counts as destroyed", "[keys][laws]", KEY_STORES) {
  TestType test;
  const auto ada = subject_named("ada");
  const auto made = key_of(test.keys, ada);  // a new one, after the old one was lost
  const auto lost = Uuid::v5(eventstore_namespace, "lost");
  const auto other = Uuid::v5(eventstore_namespace, "lost too");
  auto erasure = erasure_of(ada);
  erasure.lost_keys = {lost};
  must(test.keys.erase(erasure));
  const auto found = must(test.keys.find(lost));
  CHECK(found.id == lost);
  CHECK_FALSE(found.bytes);
  CHECK_FALSE(must(test.keys.find(made.id)).bytes);
  CHECK(code_of(test.keys.find(other)) == Errc::missing_key);
  // Again, with another one, though the first erasure stays.
  erasure.lost_keys = {lost, other};
  must(test.keys.erase(erasure));
  CHECK_FALSE(must(test.keys.find(other)).bytes);
  CHECK(must(test.keys.erasures(false)).size() == 1);
  CHECK(must(test.keys.erasures(false)).front().lost_keys.empty());
}

TEMPLATE_TEST_CASE("the first erasure of a subject stays", "[keys][laws]", KEY_STORES) {
  TestType test;
  const auto ada = subject_named("ada");
  key_of(test.keys, ada);
  CHECK(must(test.keys.erase(erasure_of(ada, 5))).erased_at == Timestamp{5});
  auto second = erasure_of(ada, 9);
  second.user_id = "user-2";
  const auto noted = must(test.keys.erase(second));
  CHECK(noted.erased_at == Timestamp{5});
  CHECK(noted.user_id == "user-1");
  CHECK(noted.event_id == erasure_of(ada).event_id);
  CHECK(noted.subject == ada);
}

TEMPLATE_TEST_CASE("erasures are told in the order of their times until they are finished", "[keys][laws]",
                   KEY_STORES) {
  TestType test;
  for (const auto& [id, at] : {std::pair{"ada", 9}, std::pair{"bob", 5}, std::pair{"cy", 7}})
    must(test.keys.erase(erasure_of(subject_named(id), at)));
  must(test.keys.note(subject_named("cy"), ErasureStep::finished));
  must(test.keys.note(subject_named("ada"), ErasureStep::recorded));
  const auto all = must(test.keys.erasures(false));
  REQUIRE(all.size() == 3);
  CHECK(all[0].subject.id == "bob");
  CHECK(all[1].subject.id == "cy");
  CHECK(all[1].step == ErasureStep::finished);
  const auto unfinished = must(test.keys.erasures(true));
  REQUIRE(unfinished.size() == 2);
  CHECK(unfinished[1].subject.id == "ada");
  CHECK(unfinished[1].step == ErasureStep::recorded);
}

TEMPLATE_TEST_CASE("a step of an erasure is never taken back", "[keys][laws]", KEY_STORES) {
  TestType test;
  const auto ada = subject_named("ada");
  CHECK(code_of(test.keys.note(ada, ErasureStep::finished)) == Errc::not_found);
  must(test.keys.erase(erasure_of(ada)));
  must(test.keys.note(ada, ErasureStep::finished));
  must(test.keys.note(ada, ErasureStep::recorded));
  CHECK(must(test.keys.erasures(false)).at(0).step == ErasureStep::finished);
}

TEMPLATE_TEST_CASE("where one subject has no proper name nothing is made for any", "[keys][laws]", KEY_STORES) {
  TestType test;
  for (const auto& wrong : {std::string{}, std::string(301, 'a')}) {
    const std::vector<Subject> subjects{subject_named("ada"), subject_named(wrong)};
    CHECK(code_of(test.keys.find_or_make(subjects)) == Errc::invalid_argument);
    CHECK_FALSE(must(test.keys.find(subjects[0])));
    CHECK(code_of(test.keys.erase(erasure_of(subject_named(wrong)))) == Errc::invalid_argument);
  }
  CHECK(key_of(test.keys, subject_named(std::string(300, 'a'))).bytes);
  const std::string with_zero("a\0b", 3);
  CHECK(key_of(test.keys, subject_named(with_zero)).id != key_of(test.keys, subject_named("a")).id);
}

TEMPLATE_TEST_CASE("the store's own key stays the same", "[keys][laws]", KEY_STORES) {
  TestType test;
  const auto own = must(test.keys.own_key());
  CHECK(own != KeyBytes{});
  const auto ada = key_of(test.keys, subject_named("ada"));
  CHECK(*ada.bytes != own);
  CHECK(must(test.keys.own_key()) == own);
}

TEMPLATE_TEST_CASE("threads that make keys of the same subjects get the same keys", "[keys][laws]", KEY_STORES) {
  TestType test;
  constexpr int threads = 8;
  constexpr int subjects = 25;
  std::vector<std::vector<Uuid>> found(threads);
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread)
    running.emplace_back([&, thread] {
      for (int i = 0; i < subjects; ++i) {
        const auto subject = subject_named("subject-" + std::to_string(i));
        const auto keys = test.keys.find_or_make({&subject, 1});
        if (keys) found[static_cast<std::size_t>(thread)].push_back(keys->at(0).id);
      }
    });
  for (auto& thread : running) thread.join();
  REQUIRE(found[0].size() == subjects);
  for (const auto& of_thread : found) CHECK(of_thread == found[0]);
  CHECK(std::set<Uuid>(found[0].begin(), found[0].end()).size() == subjects);
}

TEMPLATE_TEST_CASE("any calls leave a key store as a table of subjects would be", "[keys][laws][property]",
                   KEY_STORES) {
  CHECK(rc::check([] {
    TestType test;
    std::map<Subject, std::optional<KeyBytes>> model;  // absent: erased
    const auto calls = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::inRange(0, 6)));
    for (const auto& [call, number] : calls) {
      const Subject subject{number % 2 == 0 ? "org-1" : "org-2", std::to_string(number / 2)};
      const auto known = model.find(subject);
      if (call == 0) {
        const auto key = must(test.keys.find_or_make({&subject, 1})).at(0);
        if (known == model.end()) {
          RC_ASSERT(key.bytes.has_value());
          model.emplace(subject, key.bytes);
        } else {
          RC_ASSERT(key.bytes == known->second);
        }
      } else if (call == 1) {
        must(test.keys.erase(erasure_of(subject)));
        model[subject] = std::nullopt;
      } else {
        const auto key = must(test.keys.find(subject));
        RC_ASSERT(key.has_value() == (known != model.end()));
        if (key) RC_ASSERT(key->bytes == known->second);
      }
    }
  }));
}

}  // namespace key_laws_test
