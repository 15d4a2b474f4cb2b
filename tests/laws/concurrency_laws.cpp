// What every engine promises to threads that append and read at once.
#include <atomic>
#include <thread>

#include "laws/event_log_laws.hpp"

namespace concurrency_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr std::uint64_t versions_wanted = 60;
constexpr std::uint64_t writers = 4;

// Wins versions of one stream against the others; gives how many it won.
std::uint64_t compete(EventLog& log, std::uint64_t writer) {
  const auto stream = stream_named("delivery-contested");
  std::uint64_t won = 0;
  for (std::uint64_t attempt = 0;; ++attempt) {
    const auto head = log.head(stream);
    if (!head || head->value >= versions_wanted) return won;
    const auto appended = append(log, {event("delivery-contested", writer * 1'000'000 + attempt)},
                                 {{stream, ExpectedVersion::exactly(*head)}});
    if (appended && appended->events[0].version == head->next()) ++won;
  }
}

// Reads all again and again: gapless, and never less than before.
bool sees_growing_prefixes(const EventLog& log, const std::atomic<bool>& done) {
  std::size_t seen = 0;
  for (bool last = false; !last;) {
    last = done.load();
    const auto page = log.read_all({.limit = 100'000});
    if (!page || page->events.size() < seen) return false;
    seen = page->events.size();
    for (std::size_t i = 0; i < seen; ++i)
      if (page->events[i].position.value != i + 1 || page->events[i].version.value != i + 1) return false;
  }
  return seen == versions_wanted;
}

}  // namespace

TEMPLATE_TEST_CASE("each version has one winner, and readers see only prefixes", "[laws][threads]", LOG_ENGINES) {
  TestType engine;
  std::atomic<std::uint64_t> won{0};
  std::atomic<bool> done{false};
  std::atomic<bool> consistent{true};
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i)
      readers.emplace_back([&] {
        if (!sees_growing_prefixes(*engine.log, done)) consistent = false;
      });
    {
      std::vector<std::jthread> threads;
      for (std::uint64_t writer = 1; writer <= writers; ++writer)
        threads.emplace_back([&, writer] { won += compete(*engine.log, writer); });
    }
    done = true;
  }
  CHECK(won == versions_wanted);
  CHECK(consistent);
}

}  // namespace concurrency_laws
