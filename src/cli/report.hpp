#pragma once
// Private to the command line: how a command ends.
#include <eventstore/core/result.hpp>

namespace eventstore::cli {

enum class ExitCode : int { done = 0, failed = 1, bad_input = 2, conflict = 3, not_found = 4, refused = 5 };

ExitCode exit_code(Errc code);

/// Prints the one line that says what, where and what to do, to standard error; the code to end with.
ExitCode report(const Error& error);

/// Reports the error of a failed command, or `done`.
ExitCode finish(const Result<void>& result);

}  // namespace eventstore::cli
