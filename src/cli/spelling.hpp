#pragma once
// Private to the command line: fields of parameters as options and arguments.
#include <string>
#include <string_view>

namespace eventstore::cli {

/// "--at-version" of at_version; with its other names after commas where it has some, as CLI11 wants them.
std::string option_of(std::string_view field);

/// "STREAM" of stream.
std::string argument_of(std::string_view field);

}  // namespace eventstore::cli
