#pragma once
// Private to the command line: the report at the end of a command.
#include <eventstore/core/result.hpp>
#include <string>

namespace eventstore::cli {

enum class ExitCode : int { done = 0, failed = 1, bad_input = 2, conflict = 3, not_found = 4, refused = 5 };

/// The name with which messages begin: "account". Set once by main, from the program's first word.
const std::string& program_name();
void name_program(int argc, char** argv);

ExitCode exit_code(Errc code);

/// Prints one line to standard error that says what happened, where, and what to do next; gives the exit code.
ExitCode report(const Error& error);

/// Reports the error of a failed command, or `done`.
ExitCode finish(const Result<void>& result);

}  // namespace eventstore::cli
