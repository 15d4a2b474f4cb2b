#pragma once
// Private to the command line: Ctrl-C as a stop token, for commands that end in good order.
#include <stop_token>

namespace eventstore::cli {

/// From the first call on, SIGINT and SIGTERM ask for a stop instead of ending the process; a second one ends it.
std::stop_token interruption();

}  // namespace eventstore::cli
