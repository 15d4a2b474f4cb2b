#pragma once
// The states of the other aggregates that a decision rests on:
//
//   static Decision decide(const State&, const Assign& c, const es::Others<Agent>& others) {
//     const auto* agent = others.find<Agent>(c.agent_id);
//     if (agent == nullptr || !agent->is_active) return es::refuse("no active agent of this id");
//     return Assigned{c.agent_id};
//   }
#include <eventstore/aggregate/any_state.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace eventstore {
inline namespace v1 {

/// The others without their types. Lifetime: views the states. Threads: one at a time.
class AnyOthers {
 public:
  /// `state` is null where there is no stream.
  void add(std::string_view category, std::string_view key, const AnyState* state) {
    states_.insert_or_assign({std::string{category}, std::string{key}}, state);
  }
  /// Throws std::logic_error where none was added under this name.
  [[nodiscard]] const AnyState* find(std::string_view category, std::string_view key) const;

 private:
  std::map<std::pair<std::string, std::string>, const AnyState*> states_;
};

namespace detail {

[[noreturn]] void fail_for_another_state(std::string_view category, std::string_view key);

}  // namespace detail

/// What `decide` or `create` gets. Lifetime: the call.
template <class... Aggregates> class Others {
 public:
  explicit Others(const AnyOthers& any) : any_{any} {}

  /// The state of the aggregate `key` of `A`; null where there is no such stream. The commit that follows takes effect
  /// only if it is still so. Throws std::logic_error for a key that `keys` did not name, because nothing would guard
  /// it: the command then fails as user_exception, and nothing is written.
  template <class A> [[nodiscard]] const typename A::State* find(std::string_view key) const {
    static_assert((std::is_same_v<A, Aggregates> || ...),
                  "not one of the aggregates that es::Others<...> lists: add it there, and to what keys returns");
    const auto* const state = any_.find(A::category, key);
    if (state == nullptr) return nullptr;
    const auto* const typed = state->template as<typename A::State>();
    if (typed == nullptr) detail::fail_for_another_state(A::category, key);
    return typed;
  }

 private:
  const AnyOthers& any_;
};

}  // namespace v1
}  // namespace eventstore
