#pragma once
// Finds the end of the log when no writer has published one: the first commit that is not whole, unless a later commit
// proves that it was whole.
#include "commit_check.hpp"

namespace eventstore::engine {

/// The statements of the commits after a place.
struct LaterCommits {
  format::Location synced{};  ///< up to here everything was on the disk
  Position last{};            ///< the last position that one of them has

  /// Whether the bytes at `end` were promised to last: then they are damage, and not the end of the log.
  [[nodiscard]] bool prove(format::Location end) const { return synced > end; }
};

/// Looks at all that follows the commit at `rest`, which is not whole; `expected` is what that commit had to agree
/// with. Commits of another store, generation or place say nothing. Cost: reads `rest` once.
LaterCommits later_commits(BytesView rest, ExpectedCommit expected);

}  // namespace eventstore::engine
