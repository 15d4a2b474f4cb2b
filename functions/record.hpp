#pragma once
// Private to the functions: appending facts and knowing the ids that follow from them.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/app/function.hpp>

namespace domain {

/// A fact that was appended.
struct Fact {
  eventstore::StreamId stream;
  eventstore::EventId id{};
  eventstore::Placed placed{};
  bool already_there = false;
  std::vector<std::string> duplicates{};  ///< unique fields whose values another stream has claimed
};

/// Appends `events` to `<category>-<key>` as one commit, whatever the stream's version, and gives the first. Facts that
/// an earlier call with the same id has appended are found again.
eventstore::Result<Fact> append_facts(const eventstore::RecordContext& context, std::string_view category,
                                      std::string_view key, const std::vector<eventstore::DecidedEvent>& events,
                                      const eventstore::Metadata& metadata);

/// As append_facts, for streams that are named by a word which several organizations may use ("metric-cpu"): where the
/// stream is another's, the organization has one of its own (named_stream.hpp).
eventstore::Result<Fact> append_named_facts(const eventstore::RecordContext& context, std::string_view category,
                                            std::string_view name, const std::vector<eventstore::DecidedEvent>& events,
                                            const eventstore::Metadata& metadata);

template <class... E> std::vector<eventstore::DecidedEvent> facts(const E&... events) {
  return {eventstore::DecidedEvent{&eventstore::schema_of<E>(), eventstore::encode(events)}...};
}

/// The id of the audit line that the projection makes, or has made, of `fact`.
std::string audit_id(const Fact& fact);

/// The id of the analytics document that the first measurement of a recorded fact goes to. Cost: replays the stream up
/// to it.
eventstore::Result<std::string> metric_id(const eventstore::RecordContext& context,
                                          const eventstore::AggregateType& type, const Fact& fact);

/// The same of a fact that comes next in a stream, whose state is `before` (null where there is none), so that nothing
/// fails once it was appended.
eventstore::Result<std::string> metric_id(const eventstore::RecordContext& context,
                                          const eventstore::AggregateType& type, const eventstore::StreamId& stream,
                                          const eventstore::DecidedEvent& fact, const eventstore::AnyState* before);

}  // namespace domain
