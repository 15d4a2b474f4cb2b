#pragma once
// A changed evolve(), tested against all real history before it ships: two versions of an aggregate fold the same
// streams, and are compared after every event.
//
//   struct OldAccount : Account { using Account::evolve; static void evolve(State& s, const Withdrawn& e); };
//   EVENTSTORE_TRY_ASSIGN(const auto found, es::compare_folds<OldAccount, Account>(store.log()));
//   for (const auto& each : found.examples) print(each.stream, each.version, each.changes);  // or with an error
//   if (found.left_out_reason) print(found.left_out, found.left_out_reason->message());
//   return found.is_same();  // false also where streams were left out, or the run was stopped
//
// docs/guide/what-if.md has the whole program.
#include <cstdint>
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/log/event_log.hpp>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Where the two folds of a stream first differ.
struct FoldDifference {
  std::string stream;
  Version version{};
  Position position{};
  std::string event_type;
  /// From the old state to the new one. Where both have one type of state, as docs/reference/changes.md says; otherwise
  /// the fields at the top that differ, each whole on both sides.
  Changes changes{};
  /// Of the fold that gave one at the event, where the other one gave none; `changes` is then empty.
  std::optional<Error> old_error{};
  std::optional<Error> new_error{};
};

struct FoldComparison {
  std::uint64_t streams = 0;    ///< that were looked at
  std::uint64_t events = 0;     ///< of them that were folded: of a stream that differs, up to there
  std::uint64_t differing = 0;  ///< streams
  /// Streams that were not compared to their end, because both folds gave an error at one event, or retention kept no
  /// state that both can begin with; and the first such error.
  std::uint64_t left_out = 0;
  std::optional<Error> left_out_reason{};
  std::vector<FoldDifference> examples{};  ///< the first ones, in the order of the streams' names
  bool stopped = false;

  [[nodiscard]] bool is_same() const { return differing == 0 && left_out == 0 && !stopped; }
};

struct FoldProgress {
  std::uint64_t streams = 0;
  std::uint64_t events = 0;
};

struct CompareFoldsOptions {
  unsigned threads = 0;  ///< 0: as many as run at once
  std::size_t examples_max = 10;
  /// Called after each few streams, from one of the threads at a time. It must not throw.
  std::function<void(const FoldProgress&)> on_progress{};
  std::stop_token stop{};
};

namespace detail {

struct FoldPair {
  AggregateType older;
  AggregateType newer;
  /// Whether two states of the same type are the same; null: they have different types.
  bool (*is_same)(const AnyState& one, const AnyState& other);
};

Result<FoldComparison> compare_folds(const EventLog& log, const FoldPair& folds, const CompareFoldsOptions& options);

template <class State> bool is_same_state(const AnyState& one, const AnyState& other) {
  return same_value(*one.as<State>(), *other.as<State>());
}

}  // namespace detail

/// Folds all streams of the category with both aggregates, and compares the states after every event. Where the two
/// have the same type of state, all of it is compared, by its bytes; otherwise the fields that both have, at any depth
/// of records, by their JSON. `New` may read events that `Old` does not know, and the other way round: each does with
/// them what it does at any replay. Where retention dropped the first events of a stream, both begin with the state
/// that it kept. Errors: those of the log; out_of_memory. A stop gives what was found so far. Threads: any; it starts
/// threads of its own, and the log is only read. Cost: one read of the category's streams, two folds of each, and a
/// comparison for each event, which passes by what two states of one type share; states of different types are written
/// as JSON for each event.
template <Aggregate Old, Aggregate New>
Result<FoldComparison> compare_folds(const EventLog& log, const CompareFoldsOptions& options = {}) {
  static_assert(std::string_view{Old::category} == std::string_view{New::category},
                "two versions of one aggregate have the same category: `static constexpr auto category`");
  constexpr bool has_one_state = std::is_same_v<typename Old::State, typename New::State>;
  detail::FoldPair folds{detail::aggregate_without_commands<Old>(), detail::aggregate_without_commands<New>(), nullptr};
  if constexpr (has_one_state) folds.is_same = &detail::is_same_state<typename Old::State>;
  return detail::compare_folds(log, folds, options);
}

}  // namespace v1
}  // namespace eventstore
