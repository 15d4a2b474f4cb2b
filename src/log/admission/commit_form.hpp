#pragma once
// Whether a commit is well formed, which needs no look at the log.
#include <eventstore/log/commit.hpp>

namespace eventstore::engine {

/// Errors: invalid_argument, too_large; as EventLog::append.
Result<void> check_form(const Commit& commit);

/// The error of an append because of what it has for `stream`.
tl::unexpected<Error> refused(Errc code, const StreamId& stream, std::string reason);

}  // namespace eventstore::engine
