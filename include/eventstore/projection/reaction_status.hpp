#pragma once
// How far a reaction is, and what it has noted: for whoever only looks, beside the process that runs it.
#include <eventstore/projection/reaction_worker.hpp>

namespace eventstore {
inline namespace v1 {

struct ReactionStatus {
  bool has_begun = false;    ///< false: it has never run, and everything below is empty
  Position position{};       ///< by its checkpoint: every event up to here was handled or is not the reaction's
  std::uint64_t behind = 0;  ///< later events of the aggregates that it reads
  ReactionState noted{};
};

/// Looks at the reaction; nothing is written, and `host.log` may be open for reading only. Errors: as
/// EventLog::read_stream, EventLog::read_all and CheckpointFile::read. Threads: any, also while a worker runs.
/// Cost: reads the reaction's stream, and the events after its checkpoint.
Result<ReactionStatus> look_at(const ReactionHost& host, const ReactionType& reaction);

}  // namespace v1
}  // namespace eventstore
