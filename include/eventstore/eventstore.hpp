#pragma once
// All of the library but the command line, which is eventstore/cli.hpp.
#include <eventstore/domain.hpp>
#include <eventstore/store.hpp>
#include <eventstore/testing.hpp>

// Programs of the release before include nothing else, and end in es::cli::main: it is declared here for one release.
namespace eventstore::cli {
using Program = Model;
int main(int argc, char** argv, Model program);
}  // namespace eventstore::cli
