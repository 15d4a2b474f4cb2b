#pragma once
// The versions of a stream at which a predicate holds.
#include <eventstore/history/predicate.hpp>
#include <stop_token>

namespace eventstore {
inline namespace v1 {

/// A version at which a predicate holds, and its event.
struct FoundStep {
  std::string stream{};
  std::string organization{};
  Version version{};
  Position position{};
  EventId event_id{};
  std::string event_type{};
  Timestamp created_at{};
  std::string user_id{};  ///< empty: not known
  Changes changes{};      ///< what the event changed
};

/// Asks `check` at each version of `stream` that the log still has, in order, and gives each step at which it holds to
/// `on_found`, until that returns false. Gives the number of versions that were asked. Errors: as each_step and
/// PredicateCheck::holds; stopped. Cost: as each_step, one read of the stream.
Result<std::uint64_t> bisect(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                             const StreamId& stream, PredicateCheck& check, OnStep on_found,
                             const std::stop_token& stop = {});

/// The first version at which `check` holds, for a predicate that, once it holds, holds at all later versions: the
/// versions are halved. Absent where it does not hold at the last one. For another predicate it gives a version at
/// which it holds, and does not hold one before. Errors: as bisect. Cost: the events up to the end are folded once;
/// then those of each half, from the last version at which it did not hold or from a newer snapshot; a logarithm of
/// questions.
Result<std::optional<FoundStep>> bisect_halving(const EventLog& log, const SchemaReader& schemas,
                                                const AggregateType& type, const StreamId& stream,
                                                PredicateCheck& check, Snapshots* snapshots = nullptr,
                                                const std::stop_token& stop = {});

/// The copy of a step. Throws std::bad_alloc.
[[nodiscard]] FoundStep found_step(const Step& step);

}  // namespace v1
}  // namespace eventstore
