// Threads that use containers of their own, which share nodes with those of other threads.
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <thread>
#include <vector>

namespace container_threads_test {

namespace es = eventstore;

namespace {

constexpr int threads = 4;
constexpr int contacts = 2'000;

std::string key_of(int number) { return "a key that does not fit into a string " + std::to_string(number); }

struct State {
  es::Map<std::string> map{};
  es::List<std::string> list{};
  bool operator==(const State&) const = default;
};

// Goes on from `state`, with copies held and let go while other threads do the same.
State worked_on(State state, int thread) {
  std::vector<State> held;
  for (int i = 0; i < 500; ++i) {
    const auto place = (i * 37 + thread) % contacts;
    state.map[key_of(place)] = std::to_string(i);
    if (i % 3 == 0) state.map.erase(key_of((place * 7) % contacts));
    state.list.edit(static_cast<std::size_t>(place) % state.list.size()) += std::to_string(thread);
    if (i % 2 == 0) state.list.erase(static_cast<std::size_t>(place) % state.list.size());
    held.push_back(state);
    if (held.size() > 20) held.erase(held.begin(), held.begin() + 15);
  }
  return state;
}

}  // namespace

TEST_CASE("threads change their own copies of one state as if they were alone", "[containers][threads]") {
  State state;
  for (int i = 0; i < contacts; ++i) {
    state.map[key_of(i)] = key_of(i);
    state.list.push_back(key_of(i));
  }
  const auto before = State{{state.map.begin(), state.map.end()}, {state.list.begin(), state.list.end()}};
  std::vector<State> made(threads);
  {
    std::vector<std::jthread> all;
    for (int i = 0; i < threads; ++i)
      all.emplace_back([&made, i, copy = state] { made[static_cast<std::size_t>(i)] = worked_on(copy, i); });
  }
  CHECK(state == before);
  for (int i = 0; i < threads; ++i) CHECK(made[static_cast<std::size_t>(i)] == worked_on(before, i));
}

}  // namespace container_threads_test
