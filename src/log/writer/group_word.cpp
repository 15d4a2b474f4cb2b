#include "group_word.hpp"

#include <eventstore/os/detail/wake_word.hpp>

namespace eventstore::engine {

bool GroupWord::wait_to_lead() {
  constexpr std::chrono::hours patience{1};
  for (;;) {
    const auto seen = state().load(std::memory_order_acquire);
    switch (step_after(seen)) {
      case Step::lead: return true;
      case Step::leave: return false;
      case Step::wait: wait_on(word_, seen, patience, WaitScope::process); break;
      case Step::read_again: break;
    }
  }
}

GroupWord::Step GroupWord::step_after(std::uint32_t seen) {
  if (seen == done) return Step::leave;
  if (seen != leader_wanted) return Step::wait;
  // If another thread was quicker, the group may be done already.
  return state().compare_exchange_strong(seen, leader_found) ? Step::lead : Step::read_again;
}

void GroupWord::call_leader() {
  state().store(leader_wanted, std::memory_order_release);
  wake_one(word_, WaitScope::process);
}

void GroupWord::finish(bool is_waited_on) {
  state().store(done, std::memory_order_release);
  if (is_waited_on) wake_all(word_, WaitScope::process);
}

}  // namespace eventstore::engine
