#pragma once
// Where the log ends when no writer has published an end: at the first commit that is not whole, unless a later commit
// proves that it was.
#include "commit_check.hpp"

namespace eventstore::engine {

/// What the commits that follow a place state.
struct LaterCommits {
  format::Location synced{};  ///< up to here everything was on the disk
  Position last{};            ///< the last position that one of them has

  /// Whether what stands at `end` was promised to last: then it is damage, and not the end of the log.
  [[nodiscard]] bool prove(format::Location end) const { return synced > end; }
};

/// Looks at all that follows the commit at `rest`, which is not whole; `expected` is what that commit had to agree
/// with. Commits of another store, generation or place say nothing. Cost: reads `rest` once.
LaterCommits later_commits(BytesView rest, ExpectedCommit expected);

}  // namespace eventstore::engine
