#pragma once
// The command line as a library: `return es::cli::main(argc, argv, model);`
#include <eventstore/cli/main.hpp>
