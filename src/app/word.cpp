#include <eventstore/app/word.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <algorithm>

namespace eventstore::app {
namespace {

std::string quoted(const std::string& text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

bool is_whole_number(const std::string& word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

const Type& without_optional(const Type& type) { return type.kind == Kind::optional ? type.element() : type; }

std::string json_of_word(const Type& type, const std::string& word) {
  switch (without_optional(type).kind) {
    case Kind::text:
    case Kind::enumeration:
    case Kind::uuid:
    case Kind::timestamp:
    case Kind::bytes: return quoted(word);
    default: return word;
  }
}

Result<void> check_word(const Type& type, const std::string& word) {
  auto read = json_to_bytes(type, json_of_word(type, word));
  if (read) return {};
  const auto kind = without_optional(type).kind;
  if (kind >= Kind::uint8 && kind <= Kind::uint64 && !is_whole_number(word))
    return failure(Errc::invalid_argument, "read words", "", "not a whole number");
  if (kind == Kind::json) return failure_of(read);
  // A word that is no JSON at all is text where, say, a number should be.
  auto as_text = json_to_bytes(type, quoted(word));
  return as_text ? failure_of(read) : failure_of(as_text);
}

}  // namespace eventstore::app
