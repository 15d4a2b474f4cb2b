#include <eventstore/app/word.hpp>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

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

// A day stands for its start in UTC.
std::string as_time(const std::string& word) {
  const bool is_day = word.size() == 10 && word[4] == '-' && word[7] == '-';
  return is_day ? word + "T00:00:00Z" : word;
}

}  // namespace

const Type& without_optional(const Type& type) { return type.kind == Kind::optional ? type.element() : type; }

const Type& word_type(const Field& field) {
  const auto& type = without_optional(field.type);
  return type.kind == Kind::list ? type.element() : type;
}

std::string shown_type(const Type& type) {
  switch (type.kind) {
    case Kind::text: return "TEXT";
    case Kind::timestamp: return "TIME";
    case Kind::uuid: return "UUID";
    case Kind::json: return "JSON";
    case Kind::enumeration: return fmt::format("{}", fmt::join(type.enumerators, "|"));
    default: return "NUMBER";
  }
}

std::string shown_default(const Field& field) {
  std::string text;
  if (field.default_value) (void)bytes_to_json(field.type, *field.default_value, text);
  if (text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
  return text == "false" || text == "[]" || text == "null" ? "" : text;
}

std::string spelled(const Type& type, std::string word) {
  const auto equal = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  for (const auto& name : type.enumerators)
    if (std::equal(word.begin(), word.end(), name.begin(), name.end(), equal)) return name;
  return word;
}

std::string json_of_word(const Type& type, const std::string& word) {
  switch (without_optional(type).kind) {
    case Kind::text:
    case Kind::enumeration:
    case Kind::uuid:
    case Kind::bytes: return quoted(word);
    case Kind::timestamp: return quoted(as_time(word));
    default: return word;
  }
}

Result<void> check_word(const Type& type, const std::string& word) {
  auto read = json_to_bytes(type, json_of_word(type, word));
  if (read) return {};
  const auto kind = without_optional(type).kind;
  auto error = std::move(read.error());
  if (kind >= Kind::uint8 && kind <= Kind::uint64 && !is_whole_number(word)) {
    error.detail = "not a whole number";
  } else if (kind == Kind::timestamp) {
    error.detail += "; a day alone, like 2026-01-27, is its start in UTC";
  } else if (kind != Kind::json) {
    // A word that is no JSON at all is text where, say, a number should be.
    if (auto as_text = json_to_bytes(type, quoted(word)); !as_text) error = std::move(as_text.error());
  }
  if (error.detail.find(word) == std::string::npos) error.detail = word + ": " + error.detail;
  return failure(std::move(error));
}

}  // namespace eventstore::app
