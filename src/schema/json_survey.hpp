#pragma once
// Private to the schema layer: what a parsed text has that the parser does not keep or refuse.
#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A number whose value in the parser does not say how it was written.
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

/// Walks through a parsed text. Threads: one at a time.
class JsonSurvey {
 public:
  /// Fills in the nodes of `numbers`, which outlive the survey.
  explicit JsonSurvey(std::vector<WrittenNumber>& numbers) : numbers_{numbers} {}

  /// False where an object has two members of one name. Cost: linear in the nodes, but for the sorting of the names of
  /// large objects.
  bool visit(const simdjson::dom::element& element);
  /// The path of the member that is there twice.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  bool visit_members(const simdjson::dom::object& object);
  bool visit_items(const simdjson::dom::array& array);
  void visit_number(const simdjson::dom::element& element);
  bool has_unique_names(const simdjson::dom::object& object);
  void prepend(std::string step);

  std::vector<WrittenNumber>& numbers_;
  std::size_t next_ = 0;     // in numbers_
  std::size_t ordinal_ = 0;  // of the next number of the text
  std::vector<std::string_view> names_;
  std::string path_;
};

}  // namespace v1
}  // namespace eventstore
