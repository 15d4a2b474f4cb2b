#pragma once
// Private to the command line: fields of parameters as options and arguments.
#include <string>
#include <string_view>

namespace eventstore::cli {

/// "--at-version" of at_version; other names follow after commas, as CLI11 expects them.
std::string option_of(std::string_view field);

/// "STREAM" of stream.
std::string argument_of(std::string_view field);

}  // namespace eventstore::cli
