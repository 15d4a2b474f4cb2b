#pragma once
// Random predicates, each with a plain way to answer it from the JSON of states and events: nothing of that is shared
// with the code that it checks but the reader of JSON.
#include <eventstore/aggregate/random.hpp>
#include <eventstore/schema/json_document.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace domain::testing {

using MaybeNode = std::optional<eventstore::JsonNode>;

/// An event and the states around it, as JSON; a state is absent before the first event.
struct SeenStep {
  MaybeNode before;
  MaybeNode after;
  MaybeNode data;
  std::string type;
  eventstore::Timestamp created_at;
  std::uint64_t version;
};

struct NaivePredicate {
  std::string text;
  std::function<bool(std::size_t step)> holds;
};

/// Makes random ones about a history. The history and the maker outlive them.
class NaivePredicates {
 public:
  NaivePredicates(eventstore::Random& random, const std::vector<SeenStep>& steps) : random_{random}, steps_{steps} {}

  NaivePredicate make(int depth = 3);

 private:
  NaivePredicate comparison();
  NaivePredicate of_two_states();
  NaivePredicate existence();
  NaivePredicate elements();
  NaivePredicate count();
  NaivePredicate of_event();

  eventstore::Random& random_;
  const std::vector<SeenStep>& steps_;
};

}  // namespace domain::testing
