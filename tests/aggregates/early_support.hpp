#pragma once
// Histories in which receipts come earlier than they should.
#include "support.hpp"

#include <rapidcheck.h>
#include <map>
#include <utility>
#include <variant>
#include <vector>

namespace domain::testing {

/// An event with its time. Those of one chain keep their order; an event without a chain is no receipt, and stays where
/// it is.
template <class Event> struct Step {
  Event event;
  std::string chain{};
  Timestamp time{};
};
template <class Event> using Steps = std::vector<Step<Event>>;

/// Gives each step the time of its place.
template <class Event> void number(Steps<Event>& steps) {
  std::int64_t place = 0;
  for (auto& step : steps) step.time = second(++place);
}

/// The same steps, with receipts at earlier places among the events that are no receipts.
template <class Event> Steps<Event> with_early_receipts(const Steps<Event>& steps) {
  std::vector<Step<Event>> fixed;
  std::map<std::string, std::vector<std::pair<std::size_t, Step<Event>>>> chains;
  for (const auto& step : steps) {
    if (step.chain.empty())
      fixed.push_back(step);
    else
      chains[step.chain].emplace_back(*rc::gen::inRange<std::size_t>(0, fixed.size() + 1), step);
  }
  for (auto& [name, chain] : chains)  // backward: none stands behind its successor
    for (auto i = chain.size() - 1; i-- > 0;) chain[i].first = std::min(chain[i].first, chain[i + 1].first);
  Steps<Event> moved;
  for (std::size_t place = 0; place <= fixed.size(); ++place) {
    for (const auto& [name, chain] : chains)
      for (const auto& [wanted, step] : chain)
        if (wanted == place) moved.push_back(step);
    if (place < fixed.size()) moved.push_back(fixed[place]);
  }
  return moved;
}

template <class A, class Event> void take(typename A::State& state, const Step<Event>& step) {
  std::visit([&](const auto& event) { eventstore::evolve<A>(state, event, at(step.time)); }, step.event);
}

template <class A, class Event> typename A::State state_after(const Steps<Event>& steps) {
  typename A::State state{};
  for (const auto& step : steps) take<A>(state, step);
  return state;
}

/// Sums of values and of counts by metric, tags and metadata.
template <class A, class Event>
std::map<std::string, std::pair<double, std::int64_t>> sums_of(const Steps<Event>& steps) {
  std::map<std::string, std::pair<double, std::int64_t>> sums;
  typename A::State state{};
  for (const auto& step : steps) {
    const auto before = state;
    take<A>(state, step);
    eventstore::Measurements measured;
    std::visit(
        [&](const auto& event) {
          if constexpr (requires { A::measure(event, before, state, measured); })
            A::measure(event, before, state, measured);
        },
        step.event);
    for (const auto& each : measured.all()) {
      auto& sum = sums[each.metric_type + each.tags + each.metadata];
      sum.first += each.value;
      sum.second += each.count;
    }
  }
  return sums;
}

/// Any of `values`.
template <class T> T any_of(std::initializer_list<T> values) {
  return *(values.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(values.size())));
}

}  // namespace domain::testing
