#pragma once
// Private to the schema layer: texts of the same shape that say nothing. See schema/scrub.hpp.
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// The text number `ordinal` of the shape that `text`, which is UTF-8, has. Number 0 is the same for all texts of the
/// shape; different numbers give different texts, longer ones where the shape has not so many.
std::string scrub_text(std::string_view text, std::size_t ordinal = 0);

/// `number`, a number as JSON has it, with other digits where they are not 0 alone; its exponent stays.
std::string scrub_number_text(std::string_view number);

/// The names within one map or object: names that differ stay different.
class ScrubbedNames {
 public:
  std::string scrub(std::string_view name);

 private:
  std::map<std::string, std::string, std::less<>> known_;
  std::map<std::string, std::size_t, std::less<>> of_shape_;
  std::set<std::string> used_;
};

}  // namespace v1
}  // namespace eventstore
