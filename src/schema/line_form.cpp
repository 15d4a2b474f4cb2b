#include "line_form.hpp"

#include <algorithm>
#include <cstddef>

namespace eventstore {
inline namespace v1 {
namespace {

// The number of bytes up to the end of the first object; 0 where it does not end.
std::size_t end_of_object(std::string_view line) {
  bool is_in_string = false;
  int depth = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (is_in_string && c == '\\') ++at;
    if (c == '"') is_in_string = !is_in_string;
    if (is_in_string) continue;
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return at + 1;
  }
  return 0;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n,");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

}  // namespace

std::string_view other_form_of(std::string_view line) {
  if (line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF") || line.find('\0') != std::string_view::npos)
    return "the text is UTF-16: convert it to UTF-8, for example with iconv";
  line = trimmed(line);
  if (line.starts_with('{')) {
    const auto end = end_of_object(line);
    if (end == 0) return "the line ends within an object: each object stands on one line, which is cut in two here";
    if (trimmed(line.substr(end)).starts_with('{')) return "two objects on one line: begin a line for each";
    return {};
  }
  if (line.starts_with('[')) return "an array within the file: only a file that is one array is read";
  if (line.find('}') != std::string_view::npos && line.find(':') != std::string_view::npos)
    return "the line begins within an object: each object stands on one line, which is cut in two before";
  if (std::count(line.begin(), line.end(), ',') > 0) return "this is CSV: event lines are JSON objects, one a line";
  return {};
}

}  // namespace v1
}  // namespace eventstore
