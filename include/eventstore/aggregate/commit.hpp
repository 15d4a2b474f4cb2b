#pragma once
// A decision that also appends to the streams of other aggregates, all in one commit:
//
//   return es::commit(Paid{c.cents}).also<Account>(c.to, Received{c.cents});
#include <eventstore/aggregate/aggregate_type.hpp>
#include <string_view>
#include <utility>

namespace eventstore {
inline namespace v1 {

/// Becomes a Decision of the aggregate whose events `Own` are.
template <class... Own> class CommitOf {
 public:
  explicit CommitOf(AnyDecision any) : any_{std::move(any)} {}

  /// Appends `events` to the aggregate `key` of `A`, behind what is already decided for it. The stream may have any
  /// version, and is opened where it does not exist, unless `keys` names it: then it must be as the decision saw it.
  /// For the deciding aggregate itself, the events follow its own. A key that no stream can have makes the command fail
  /// as invalid_argument, and nothing is written.
  template <class A, class... E> [[nodiscard]] CommitOf also(std::string_view key, const E&... events) && {
    static_assert(sizeof...(E) > 0, "give the events behind the key: `.also<Agent>(key, Assigned{...})`");
    static_assert((A::events::template contains<E> && ...),
                  "an event of another aggregate: `also<Agent>` takes the events that `Agent` lists in its `events`");
    any_.also.push_back({&detail::other_type<A>(), std::string{key}, {{&schema_of<E>(), encode(events)}...}});
    return std::move(*this);
  }

  [[nodiscard]] const AnyDecision& any() const& { return any_; }
  [[nodiscard]] AnyDecision&& any() && { return std::move(any_); }

 private:
  AnyDecision any_;
};

/// Begins a decision about several streams with the events of the deciding aggregate, if there are any.
template <class... Own> [[nodiscard]] CommitOf<Own...> commit(const Own&... own) {
  return CommitOf<Own...>{AnyDecision{{{&schema_of<Own>(), encode(own)}...}, {}, {}}};
}

}  // namespace v1
}  // namespace eventstore
