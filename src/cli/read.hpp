#pragma once
// Private to the command line: what `all` and `export` share.
#include <eventstore/app/read.hpp>

#include "call.hpp"

namespace eventstore::cli {

/// How `call` follows the log, where `parameters` ask for that.
app::Following following_of(Call& call, const app::ReadWholeLog& parameters);

}  // namespace eventstore::cli
