#include <eventstore/history/state_at.hpp>

namespace eventstore {
inline namespace v1 {

Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, const Moment& moment, Snapshots* snapshots) {
  EVENTSTORE_TRY_ASSIGN(const auto found, version_at(log, stream, moment));
  // A load to the end takes a snapshot where one is due.
  const bool is_present = std::holds_alternative<Present>(moment);
  return load_state(log, schemas, type, stream, is_present ? no_version_limit : found.version, snapshots);
}

}  // namespace v1
}  // namespace eventstore
