#pragma once
// Collections with one document an aggregate: its state, and where in its stream that is.
#include <eventstore/projection/projection_type.hpp>

namespace domain {

/// The document of an aggregate with the state `State`. `aggregate_id` joins it with `events` and, as resource_id, with
/// `audit_logs`.
template <class State> struct AggregateDocument {
  EVENTSTORE_FIELDS(AggregateDocument, (std::string, aggregate_id), (State, state, , eventstore::flattened),
                    (std::int64_t, version), (eventstore::Timestamp, created_at), (eventstore::Timestamp, updated_at));
};

/// What such collections share; each adds its name and its indexes.
template <class Aggregate> struct AggregateDocuments {
  using Document = AggregateDocument<typename Aggregate::State>;
  using reads = eventstore::Reads<Aggregate>;
  // The document is the state as this build knows it, which `state` shows too; a build that knows more remakes it.
  static constexpr bool passes_over_unknown = true;

  static void project(const eventstore::Change<Aggregate>& change, eventstore::Operations<Document>& to) {
    to.put(change.key, {.aggregate_id = std::string{change.key},
                        .state = change.after,
                        .version = static_cast<std::int64_t>(change.stored_version().value),
                        .created_at = change.opened_at,
                        .updated_at = change.metadata.created_at});
  }
};

}  // namespace domain
