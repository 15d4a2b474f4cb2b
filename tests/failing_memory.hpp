#pragma once
// Memory that runs out when a test says so. Link failing_memory.cpp, and not into a program with sanitizers, which
// bring an allocation of their own.
#include <atomic>

namespace eventstore::test {

/// Whose allocations are counted.
enum class Counted : unsigned char { this_thread, all_threads };

/// How many allocations succeed before one fails; negative: all do.
struct MemoryPlan {
  std::atomic<int> left{-1};
  std::atomic<bool> is_lasting{false};  ///< all later ones fail too
};
MemoryPlan& memory_plan(Counted counted);

/// Whether an allocation has failed since the last call of with_memory_for.
bool& has_failed();

/// The result of `call`, in which the allocation `nth` fails (0: the first), and all later ones if `lasting`.
template <class Call> auto with_memory_for(int nth, bool lasting, Call call, Counted counted = Counted::this_thread) {
  auto& plan = memory_plan(counted);
  struct Restore {
    MemoryPlan& plan;
    ~Restore() { plan.left = -1; }
  } restore{plan};
  has_failed() = false;
  plan.is_lasting = lasting;
  plan.left = nth;
  return call();
}

}  // namespace eventstore::test
