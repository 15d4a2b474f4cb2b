#pragma once
// The streams of a log, in the order of their names.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/schema/fields.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {
class EventLog;
}
}  // namespace eventstore

namespace eventstore::app {

struct ListStreams {
  EVENTSTORE_FIELDS(ListStreams, (std::string, category, "", help("List only streams of this category")));
};

struct StreamSummary {
  EVENTSTORE_FIELDS(StreamSummary, (std::string, stream), (std::string, organization_id), (std::uint64_t, version),
                    (std::uint64_t, first_position), (std::uint64_t, last_position));
};

/// Errors: as EventLog::streams; those of `on_stream`, which end the list.
Result<void> list_streams(const EventLog& log, const ListStreams& parameters,
                          FunctionRef<Result<void>(const StreamSummary&)> on_stream);

}  // namespace eventstore::app
