// The word of a group of appends: no thread may wait on it that nobody will wake.
#include "../../src/log/writer/group_word.hpp"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

namespace group_word_test {

using eventstore::engine::GroupWord;
using Step = GroupWord::Step;

TEST_CASE("a thread that was too slow to lead reads the word again, for the group may be done", "[group]") {
  GroupWord word;
  word.call_leader();
  CHECK(word.step_after(GroupWord::leader_wanted) == Step::lead);
  // A second thread had read leader_wanted too. Before it goes on, the first one leads the group to its end.
  word.finish(true);
  CHECK(word.step_after(GroupWord::leader_wanted) == Step::read_again);
  CHECK_FALSE(word.wait_to_lead());
}

TEST_CASE("a thread waits while the group forms and while another thread leads it, and leaves when it is done",
          "[group]") {
  GroupWord word;
  CHECK(word.step_after(GroupWord::forming) == Step::wait);
  CHECK(word.step_after(GroupWord::leader_found) == Step::wait);
  CHECK(word.step_after(GroupWord::done) == Step::leave);
}

TEST_CASE("of the threads that wait for a group one leads, and all return", "[group]") {
  for (int round = 0; round < 500; ++round) {
    GroupWord word;
    std::atomic<int> leaders{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        if (!word.wait_to_lead()) return;
        ++leaders;
        word.finish(true);
      });
    word.call_leader();
    threads.clear();
    CHECK(leaders == 1);
  }
}

}  // namespace group_word_test
