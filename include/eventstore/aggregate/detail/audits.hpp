#pragma once
// What an aggregate and its events declare for an audit, without their types: see audit_line.hpp.
#include <eventstore/aggregate/any_state.hpp>
#include <eventstore/aggregate/audit_line.hpp>
#include <eventstore/aggregate/detail/check_names.hpp>
#include <eventstore/aggregate/fold.hpp>
#include <eventstore/aggregate/formerly.hpp>
#include <eventstore/aggregate/lists.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class A, class E>
concept AuditsWithState = requires(const E& event, const typename A::State& state, AuditLine& line) {
  A::audit(event, state, state, line);
};
template <class A, class E>
concept AuditsAlone = requires(const E& event, AuditLine& line) {
  A::audit(event, line);
};
template <class A, class E>
concept Audits = AuditsWithState<A, E> || AuditsAlone<A, E>;

template <class A, class... E> constexpr bool audits_any(const Events<E...>*) { return (Audits<A, E> || ...); }

// Hands events of a category without state to A::audit.
template <class A> struct AuditAlone {
  static constexpr bool is_seldom = true;
  template <class E> static constexpr bool wants = AuditsAlone<A, E>;
  template <class E> void operator()(const E& event, const EventPart&) {
    if constexpr (AuditsAlone<A, E>) A::audit(event, line);
  }
  AuditLine& line;
};

// Several events that an upcaster makes of one write into one line, in their order. Errors: as with_events.
template <class A>
Result<void> audit(const RecordedEvent& recorded, const AnyState& before, const AnyState& after,
                   const SchemaReader& schemas, AuditLine& line) {
  if constexpr (requires { typename A::State; }) {
    const auto use = [&]<class E>(const E& event, const typename A::State& was, const typename A::State& is,
                                  const EventPart&) requires(Audits<A, E>) {
      if constexpr (AuditsWithState<A, E>)
        A::audit(event, was, is, line);
      else
        A::audit(event, line);
    };
    return with_changes<A>(recorded, *before.as<typename A::State>(), *after.as<typename A::State>(), schemas, use);
  } else {
    if (!readable_schemas<A>().has_name(recorded.type)) return {};  // nothing folds it, so nothing needs to know it
    return with_events<A>(recorded, schemas, AuditAlone<A>{line});
  }
}

using AuditActions = std::vector<std::pair<std::string, std::string>>;

// An old struct is audited as the event that lists it, unless its name is an event's of today.
template <class E, class... Today, class... Old>
void add_audit_action(AuditActions& actions, const Events<Today...>*, const Formerly<Old...>*) {
  if constexpr (requires { std::string_view{E::audit_action}; }) {
    const auto add = [&](std::string_view name) { actions.emplace_back(name, E::audit_action); };
    add(E::event_type);
    if (!former_name<E>().empty()) add(former_name<E>());
    [[maybe_unused]] const auto add_old = [&](std::string_view name) {
      if (!((name == Today::event_type) || ...)) add(name);
    };
    (add_old(Old::event_type), ...);
  }
}

// The stored names of A's events that name their action, with it.
template <class... E> AuditActions audit_actions_of(const Events<E...>* events) {
  AuditActions actions;
  (add_audit_action<E>(actions, events, static_cast<const typename FormerlyOf<E>::type*>(nullptr)), ...);
  return actions;
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
