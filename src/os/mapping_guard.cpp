#include "mapping_guard.hpp"

#include <sys/mman.h>
#include <unistd.h>
#include <eventstore/os/detail/mapping_failures.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace detail {

std::atomic<std::uint64_t> mapping_failures_seen{0};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "the handler may use it");

struct MappingGuard::Range {
  std::atomic<std::uintptr_t> begin{0};  // 0: free
  std::atomic<std::size_t> size{0};
  std::atomic<bool> is_writable{false};
  std::atomic<std::atomic<bool>*> failed{nullptr};
};

namespace {

using Range = MappingGuard::Range;

// The handler walks over all ranges without a lock. So they never move, and are never freed.
constexpr std::size_t ranges_in_chunk = 512;
constexpr std::size_t chunks_max = 256;  // twice as many ranges as the system allows by default
using Chunk = std::array<Range, ranges_in_chunk>;

struct Ranges {
  std::array<std::atomic<Chunk*>, chunks_max> chunks{};
  std::mutex mutex;  // guards the rest
  std::size_t chunk_count = 0;
  std::vector<Range*> free;
};

Ranges& ranges() {
  static auto* const all = new Ranges;  // outlives every mapping
  return *all;
}

std::atomic<Ranges*> handled{nullptr};
struct sigaction before {};
std::uintptr_t page_bytes = 4096;

Range* range_at(std::uintptr_t address) {
  auto* const all = handled.load(std::memory_order_acquire);
  if (all == nullptr) return nullptr;
  for (const auto& chunk : all->chunks) {
    auto* const ranges = chunk.load(std::memory_order_acquire);
    if (ranges == nullptr) return nullptr;
    for (auto& range : *ranges) {
      const auto begin = range.begin.load(std::memory_order_acquire);
      if (begin != 0 && address >= begin && address - begin < range.size.load(std::memory_order_relaxed)) return &range;
    }
  }
  return nullptr;
}

void pass_on(int signal, siginfo_t* info, void* context) {
  if ((before.sa_flags & SA_SIGINFO) != 0 && before.sa_sigaction != nullptr)
    return before.sa_sigaction(signal, info, context);
  if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) return before.sa_handler(signal);
  // Ends the process when the instruction is tried again.
  ::signal(signal, SIG_DFL);
}

void on_bus_error(int signal, siginfo_t* info, void* context) {
  const auto saved_errno = errno;
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  // A code that is not positive: a program sent the signal, and there is no address.
  auto* const range = info->si_code > 0 ? range_at(address) : nullptr;
  if (range == nullptr) return pass_on(signal, info, context);
  const int access = range->is_writable.load(std::memory_order_relaxed) ? PROT_READ | PROT_WRITE : PROT_READ;
  void* const page = reinterpret_cast<void*>(address / page_bytes * page_bytes);
  if (::mmap(page, page_bytes, access, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
    return pass_on(signal, info, context);
  range->failed.load(std::memory_order_relaxed)->store(true, std::memory_order_release);
  mapping_failures_seen.fetch_add(1, std::memory_order_release);
  errno = saved_errno;
}

void install() {
  page_bytes = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  handled.store(&ranges(), std::memory_order_release);
  struct sigaction action {};
  action.sa_sigaction = &on_bus_error;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGBUS, &action, &before);
}

Range& take_range() {
  auto& all = ranges();
  const std::lock_guard lock{all.mutex};
  if (all.free.empty()) {
    if (all.chunk_count == chunks_max) throw std::bad_alloc{};
    auto chunk = std::make_unique<Chunk>();
    // With room for all ranges at once, giving one back needs no memory.
    all.free.reserve((all.chunk_count + 1) * ranges_in_chunk);
    for (auto& range : *chunk) all.free.push_back(&range);
    all.chunks[all.chunk_count++].store(chunk.release(), std::memory_order_release);
  }
  auto* const range = all.free.back();
  all.free.pop_back();
  return *range;
}

}  // namespace

MappingGuard::MappingGuard(const void* data, std::size_t size, bool is_writable, std::atomic<bool>& failed)
    : range_{take_range()} {
  static std::once_flag once;
  std::call_once(once, &install);
  range_.size.store(size, std::memory_order_relaxed);
  range_.is_writable.store(is_writable, std::memory_order_relaxed);
  range_.failed.store(&failed, std::memory_order_relaxed);
  range_.begin.store(reinterpret_cast<std::uintptr_t>(data), std::memory_order_release);
}

MappingGuard::~MappingGuard() {
  range_.begin.store(0, std::memory_order_release);
  auto& all = ranges();
  const std::lock_guard lock{all.mutex};
  all.free.push_back(&range_);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
