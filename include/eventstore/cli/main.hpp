#pragma once
// The command line as a library: `return es::cli::main(argc, argv, {{es::aggregate<Account>()}, {…}});`
#include <eventstore/app/model.hpp>

namespace eventstore::cli {

/// The parts of a domain that the program needs.
using Program = Model;

/// Runs one command (docs/reference/command-line.md) and gives the process's exit code: 0 done, 1 failed, 2 wrong usage
/// or bad input, 3 concurrency conflict, 4 not found, 5 refused by the domain.
int main(int argc, char** argv, Model program);

}  // namespace eventstore::cli
