#include "failing_memory.hpp"

#include <cstdlib>
#include <new>

namespace eventstore::test {
namespace {

thread_local MemoryPlan of_thread;
MemoryPlan of_process;
bool failed = false;

void count(MemoryPlan& plan) {
  auto left = plan.left.load();
  while (left > 0 && !plan.left.compare_exchange_weak(left, left - 1)) continue;
  if (left != 0) return;
  failed = true;
  if (!plan.is_lasting) plan.left = -1;
  throw std::bad_alloc{};
}

}  // namespace

MemoryPlan& memory_plan(Counted counted) { return counted == Counted::this_thread ? of_thread : of_process; }

bool& has_failed() { return failed; }

}  // namespace eventstore::test

void* operator new(std::size_t bytes) {
  eventstore::test::count(eventstore::test::of_thread);
  eventstore::test::count(eventstore::test::of_process);
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
