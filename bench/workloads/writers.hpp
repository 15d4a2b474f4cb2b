#pragma once
// Threads that append for a while, each to streams of its own.
#include <bench/options.hpp>
#include <bench/reference_check.hpp>
#include <bench/registration.hpp>

#include <atomic>
#include <exception>
#include <latch>
#include <memory>
#include <thread>

namespace bench {

/// One writer's data and what became of it.
struct Writer {
  explicit Writer(std::uint32_t number) : history{20'000, 1 + number} {}
  History history;
  std::size_t appended = 0;
  Latencies latencies;
  std::exception_ptr failed;
};

inline std::vector<std::unique_ptr<Writer>> writers(std::size_t count) {
  std::vector<std::unique_ptr<Writer>> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(std::make_unique<Writer>(static_cast<std::uint32_t>(i)));
  return made;
}

/// Appends `batch_events` at a time, each synced, until the time is over or a writer has no more. Seconds taken.
template <Peer P>
double append_for_a_while(P& peer, std::vector<std::unique_ptr<Writer>>& writers, std::size_t batch_events) {
  std::atomic<bool> over = false;
  std::latch ready{static_cast<std::ptrdiff_t>(writers.size()) + 1};
  std::vector<std::jthread> threads;
  for (auto& writer : writers)
    threads.emplace_back([&, &mine = *writer] {
      Batch batch;
      ready.arrive_and_wait();
      try {
        while (!over && mine.appended < mine.history.size()) {
          mine.history.fill(batch, mine.appended, batch_events);
          require(mine.latencies.time([&] { return peer.append(batch, Sync::every_append); }), "an append was refused");
          mine.appended += batch.events.size();
        }
      } catch (...) {
        mine.failed = std::current_exception();
      }
      over = true;
    });
  ready.arrive_and_wait();
  const auto start = Clock::now();
  while (!over && seconds_since(start) < options().seconds) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  over = true;
  threads.clear();
  const auto seconds = seconds_since(start);
  for (const auto& writer : writers)
    if (writer->failed) std::rethrow_exception(writer->failed);
  return seconds;
}

/// Checks that the store holds what the writers appended, after what it held before, and reports.
template <Peer P>
void report_appends(benchmark::State& state, P& peer, const std::vector<std::unique_ptr<Writer>>& writers,
                    Digest expected = {}) {
  const auto events_before = expected.events;
  Latencies latencies;
  for (const auto& writer : writers) {
    for (std::size_t i = 0; i < writer->appended; ++i) expected.add(writer->history.event(i));
    latencies.merge(writer->latencies);
  }
  Digest found;
  peer.reader().scan(found);
  require(found == expected, "the store does not hold what was appended");
  set_processed(state, expected.events - events_before);
  latencies.report(state);
}

}  // namespace bench
