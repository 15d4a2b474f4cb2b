#pragma once
// Private to the schema layer: numbers as they stand in a text, where the parser's value does not say how.
#include <simdjson.h>

#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

struct WrittenNumber {
  std::size_t ordinal;    ///< its place among the numbers of the text
  std::size_t offset;     ///< in the text
  std::size_t bytes;      ///< its length there
  std::size_t index = 0;  ///< of its node
};

/// The numbers of `text` that are not is_plain_number(), in order. `parser` has found the tokens of `text`: it has read
/// it to the end, or to a number that it refused.
std::vector<WrittenNumber> numbers_as_written(const simdjson::dom::parser& parser, std::string_view text);

/// The index of a node in its document.
std::size_t index_of(const simdjson::dom::element& element);

/// Finds the nodes of `numbers` below `root`.
void find_nodes(const simdjson::dom::element& root, std::vector<WrittenNumber>& numbers);

}  // namespace v1
}  // namespace eventstore
