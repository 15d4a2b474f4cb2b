#include "log_end.hpp"

#include <algorithm>

namespace eventstore::engine {

LaterCommits later_commits(BytesView rest, ExpectedCommit expected) {
  LaterCommits later;
  const auto begin = expected.location;
  for (std::size_t at = 8; at + sizeof(format::CommitHeader) <= rest.size(); at += 8) {
    expected.location = format::Location{begin.value + at};
    const auto header = commit_header(rest.subspan(at), expected);
    if (!header) continue;
    later.synced = std::max(later.synced, header->synced_end);
    later.last = std::max(later.last, Position{header->first_position + header->event_count - 1});
  }
  return later;
}

}  // namespace eventstore::engine
