// What the log does when there is no memory: any one allocation of an append fails.
#include <cstdlib>
#include <new>

#include "store_on_disk.hpp"

namespace {

// How many allocations of this thread succeed before one fails; negative: all do.
thread_local int allocations_left = -1;

}  // namespace

void* operator new(std::size_t bytes) {
  if (allocations_left >= 0 && allocations_left-- == 0) throw std::bad_alloc{};
  if (void* const memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
  throw std::bad_alloc{};
}
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return std::malloc(bytes == 0 ? 1 : bytes); }
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept { return std::malloc(bytes == 0 ? 1 : bytes); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace eventstore;
using namespace eventstore::laws;

TEST_CASE("an append whose memory runs out at any allocation says so, and the log goes on") {
  StoreOnDisk store;
  const FileLogOptions options{.segment_bytes_max = small_segment, .background_work = false};
  auto log = store.open(options);
  const auto durability = GENERATE(Durability::every_commit, Durability::on_close, Durability::interval);
  const std::string data(static_cast<std::size_t>(GENERATE(10, 1500)), 'x');  // every other one begins a segment
  std::uint64_t id = 0;
  std::uint64_t written = 0;
  bool has_failed = true;
  for (int nth = 0; has_failed; ++nth) {
    CAPTURE(nth);
    const std::vector events{event("delivery-1", ++id, data)};
    const Commit commit{.events = events, .durability = durability};
    allocations_left = nth;
    auto appended = log->append(commit);
    has_failed = allocations_left < 0;
    allocations_left = -1;
    if (!appended) {
      const auto code = code_of(appended);
      CHECK((code == Errc::out_of_memory || code == Errc::outcome_unknown));
      if (code == Errc::outcome_unknown) log = (log.reset(), store.open(options));
      appended = log->append(commit);
      if (appended && code == Errc::out_of_memory) CHECK_FALSE(appended->already_there);
    }
    if (!appended) FAIL(appended.error().message());
    CHECK(appended->events[0].version == Version{++written});
  }
  CHECK(written > 5);
  REQUIRE(log->sync());
  CHECK(log->read_stream(stream_named("delivery-1"), {.limit = no_limit})->events.size() == written);
  log = (log.reset(), store.open(options));
  CHECK(*log->head() == Position{written});
}
