#pragma once
// Private to the command line: what `all` prints, and `export` too where it writes no file.
#include <eventstore/app/read.hpp>

#include "call.hpp"

namespace eventstore::cli {

/// Prints event lines. Errors: as app::read.
Result<void> print_whole_log(Call& call, const app::ReadWholeLog& parameters);

}  // namespace eventstore::cli
