// The phases of a writer, and the calls that are inside it.
#include "../../src/log/writer/writer_state.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

namespace writer_state_test {

using eventstore::engine::WriterState;
using Phase = WriterState::Phase;

TEST_CASE("a writer opens, closes and is closed", "[writer_state]") {
  WriterState state;
  CHECK(state.phase() == Phase::opening);
  state.begin();
  CHECK(state.phase() == Phase::open);
  CHECK(WriterState::Call{state}.is_inside());
  CHECK(state.begin_close() == Phase::open);
  CHECK(state.phase() == Phase::closing);
  CHECK_FALSE(WriterState::Call{state}.is_inside());
  state.finish_close();
  CHECK(state.phase() == Phase::closed);
  CHECK_FALSE(WriterState::Call{state}.is_inside());
  CHECK_FALSE(state.begin_close());
}

TEST_CASE("a failed writer can only be closed", "[writer_state]") {
  WriterState state;
  state.begin();
  state.fail();
  CHECK(state.phase() == Phase::failed);
  state.begin();
  CHECK(state.phase() == Phase::failed);
  CHECK(state.begin_close() == Phase::failed);
  state.fail();
  CHECK(state.phase() == Phase::closing);
}

TEST_CASE("the closer waits for the calls inside, and no other call comes in", "[writer_state]") {
  WriterState state;
  state.begin();
  std::optional<WriterState::Call> inside{std::in_place, state};
  std::atomic<bool> is_closed{false};
  std::jthread closer{[&] {
    CHECK(state.begin_close() == Phase::open);
    is_closed = true;
  }};
  while (state.phase() != Phase::closing) std::this_thread::yield();
  CHECK_FALSE(WriterState::Call{state}.is_inside());
  CHECK_FALSE(is_closed);
  inside.reset();
  closer.join();
  CHECK(is_closed);
}

TEST_CASE("of the threads that close a writer one is the closer, and the others wait for it", "[writer_state]") {
  for (int round = 0; round < 200; ++round) {
    WriterState state;
    state.begin();
    std::atomic<int> closers{0};
    std::atomic<bool> is_done{false};
    std::atomic<int> early{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        if (state.begin_close()) {
          ++closers;
          is_done = true;
          state.finish_close();
        } else if (!is_done) {
          ++early;
        }
      });
    threads.clear();
    CHECK(closers == 1);
    CHECK(early == 0);
  }
}

}  // namespace writer_state_test
