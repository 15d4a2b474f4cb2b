#pragma once
// A place in the data of an event: package.items[0].name, labels["k.1"].
#include <cstddef>
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// One step into a value: a member by its name, or an element by its place, 0 first.
using DataStep = std::variant<std::string, std::size_t>;

/// The way from the data to a value in it; at least one step.
using DataPath = std::vector<DataStep>;

struct ParsedDataPath {
  DataPath path;
  std::size_t bytes = 0;  ///< of the text that belong to the path
};

/// Reads a path from the front of `text`, up to its end or to a '='. Members are separated by dots; a name with a dot,
/// a bracket, a blank, a quote or a '=' in it is written as a JSON text in brackets, and an element as its number
/// there. Errors: invalid_argument, with the column, which counts characters from 1.
Result<ParsedDataPath> parse_data_path(std::string_view text);

}  // namespace v1
}  // namespace eventstore
