#pragma once
// Files of settings as the usual tools write them: `.env`.
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::app {

struct EnvVariable {
  std::string name{};
  std::string value{};

  friend bool operator==(const EnvVariable&, const EnvVariable&) = default;
};

/// The variables of a file with the text `text`, in its order. A line is `NAME=value`, with `export` before it or not:
///   - blank lines, and lines that begin with #, are passed over;
///   - a value without quotes ends at the end of the line, or before white space and a #; white space around it is not
///     part of it;
///   - a value in single quotes is taken as it stands, but for \' and \\;
///   - one in double quotes may have \n, \r, \t, \", \', \\ and \$, and keeps every other backslash;
///   - a value in quotes may go over several lines, and only white space and a comment may follow it.
/// Nothing is expanded: $HOME is five characters. Errors: invalid_argument, with `path` and the line, never with the
/// text of the line, which may be secret.
Result<std::vector<EnvVariable>> read_env_text(std::string_view text, const std::string& path);

}  // namespace eventstore::app
