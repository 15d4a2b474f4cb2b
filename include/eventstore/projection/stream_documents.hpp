#pragma once
// The documents that the events of one stream make alone, apart from all others.
#include <eventstore/aggregate/aggregate_types.hpp>
#include <eventstore/log/event_log.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <stop_token>

namespace eventstore {
inline namespace v1 {

/// Makes the collection of `projection` in `to`, which has none of that name, from the events of `stream`. A
/// document that other streams write too has what this stream adds to it, as if there were no others: of a
/// projection that is keyed by stream, the documents are those of its collection; of one that sums up, their numbers
/// are the stream's part. Documents do not expire. Where retention dropped events and kept the state, those behind it
/// are folded. Errors: expired, where retention dropped events of the stream without its state; unknown_event_type,
/// where the projection does not pass over such an event; stopped; as ProjectionType::project, Collections::create,
/// commit and finish; the log's. Cost: reads the stream; memory for its documents.
Result<void> make_stream_documents(const EventLog& log, const AggregateTypes& aggregates,
                                   const ProjectionType& projection, const StreamId& stream, Collections& to,
                                   std::stop_token stop = {});

}  // namespace v1
}  // namespace eventstore
