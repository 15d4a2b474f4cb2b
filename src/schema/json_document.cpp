#include <eventstore/schema/json_document.hpp>

#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/schema/detail/json_text.hpp>

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "decimal.hpp"
#include "written_number.hpp"

namespace eventstore {
inline namespace v1 {

namespace dom = simdjson::dom;

// A simdjson element is a document and an index into it. A JsonNode keeps both.
struct JsonNodeAccess {
  const void* document;
  std::size_t index;
};
static_assert(sizeof(dom::element) == sizeof(JsonNodeAccess) && std::is_trivially_copyable_v<dom::element>);
static_assert(sizeof(dom::element) == sizeof(JsonNode));

namespace {

dom::element element_of(const JsonNode& node) { return std::bit_cast<dom::element>(node); }
JsonNode node_of(const dom::element& element) { return std::bit_cast<JsonNode>(element); }

/// A parsed text, and those of its numbers that the parser does not give back as they were written.
struct Document : dom::document {
  std::string text;                    // a copy, where there are such numbers
  std::vector<WrittenNumber> numbers;  // in the order of their nodes

  [[nodiscard]] std::string_view written(std::size_t index) const {
    const auto found = std::lower_bound(numbers.begin(), numbers.end(), index,
                                        [](const WrittenNumber& number, std::size_t at) { return number.index < at; });
    if (found == numbers.end() || found->index != index) return {};
    return std::string_view{text}.substr(found->offset, found->bytes);
  }
};

std::string_view written(const dom::element& element) {
  const auto* const document = static_cast<const dom::document*>(std::bit_cast<JsonNodeAccess>(element).document);
  return static_cast<const Document*>(document)->written(index_of(element));
}

void write_number(const dom::element& element, std::string& out) {
  if (const auto text = written(element); !text.empty()) {
    out += text;
    return;
  }
  switch (element.type()) {
    case dom::element_type::INT64: return append_json_number(out, element.get_int64().value_unsafe());
    case dom::element_type::UINT64: return append_json_number(out, element.get_uint64().value_unsafe());
    default: return append_json_number(out, element.get_double().value_unsafe());
  }
}

void write_scalar(const dom::element& element, std::string& out) {
  switch (element.type()) {
    case dom::element_type::BOOL: out += element.get_bool().value_unsafe() ? "true" : "false"; break;
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE: write_number(element, out); break;
    case dom::element_type::STRING: append_json_string(out, element.get_string().value_unsafe()); break;
    default: out += "null";
  }
}

// Elements are written by the caller's own function again: a list's numbers have the caller's form too.
template <class WriteMembers>
void write_element(const dom::element& element, std::string& out, WriteMembers write_members,
                   void (*write_item)(const dom::element&, std::string&)) {
  if (element.is_object()) {
    out += '{';
    write_members(element.get_object().value_unsafe());
    out += '}';
  } else if (element.is_array()) {
    out += '[';
    const dom::array array = element.get_array().value_unsafe();
    for (const auto item : array) {
      if (out.back() != '[') out += ',';
      write_item(item, out);
    }
    out += ']';
  } else {
    write_scalar(element, out);
  }
}

void write_as_given(const dom::element& element, std::string& out) {
  const auto members = [&out](const dom::object& object) {
    for (const auto member : object) {
      if (out.back() != '{') out += ',';
      append_json_string(out, member.key);
      out += ':';
      write_as_given(member.value, out);
    }
  };
  write_element(element, out, members, write_as_given);
}

void write_sorted(const dom::element& element, std::string& out) {
  if (element.is_number())
    if (const auto text = written(element); !text.empty()) return Decimal::parse(text)->write_canonical(out);
  if (element.is_double()) {
    // 30.0 and 30 are one number: a number that is whole and exact is written as an integer.
    const double value = element.get_double().value_unsafe();
    if (value == std::floor(value) && std::abs(value) < 9007199254740992.0)
      return append_json_number(out, static_cast<std::int64_t>(value));
  }
  const auto members = [&out](const dom::object& object) {
    std::vector<std::pair<std::string_view, dom::element>> sorted;
    for (const auto member : object) sorted.emplace_back(member.key, member.value);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [key, value] : sorted) {
      if (out.back() != '{') out += ',';
      append_json_string(out, key);
      out += ':';
      write_sorted(value, out);
    }
  };
  write_element(element, out, members, write_sorted);
}

}  // namespace

JsonKind JsonNode::kind() const {
  if (document_ == nullptr) return JsonKind::null;
  switch (element_of(*this).type()) {
    case dom::element_type::ARRAY: return JsonKind::array;
    case dom::element_type::OBJECT: return JsonKind::object;
    case dom::element_type::INT64: return JsonKind::integer;
    case dom::element_type::UINT64: return JsonKind::large_integer;
    case dom::element_type::DOUBLE: return JsonKind::number;
    case dom::element_type::STRING: return JsonKind::text;
    case dom::element_type::BOOL: return JsonKind::boolean;
    case dom::element_type::NULL_VALUE: return JsonKind::null;
  }
  return JsonKind::null;
}

bool JsonNode::boolean() const { return kind() == JsonKind::boolean && element_of(*this).get_bool().value_unsafe(); }

std::int64_t JsonNode::integer() const {
  return kind() == JsonKind::integer ? element_of(*this).get_int64().value_unsafe() : 0;
}

std::uint64_t JsonNode::large_integer() const {
  return kind() == JsonKind::large_integer ? element_of(*this).get_uint64().value_unsafe() : 0;
}

double JsonNode::number() const {
  if (document_ == nullptr || !element_of(*this).is_number()) return 0;
  const auto element = element_of(*this);
  if (const auto text = written(element); !text.empty()) return Decimal::parse(text)->rounded();
  return element.get_double().value_unsafe();
}

bool JsonNode::is_short() const {
  if (document_ == nullptr || !written(element_of(*this)).empty()) return false;
  const auto element = element_of(*this);
  if (element.type() == dom::element_type::DOUBLE) return true;
  constexpr std::int64_t limit = 1'000'000'000'000'000;
  return element.type() == dom::element_type::INT64 && element.get_int64().value_unsafe() < limit &&
         element.get_int64().value_unsafe() > -limit;
}

std::string JsonNode::number_text() const {
  std::string text;
  if (document_ != nullptr && element_of(*this).is_number()) write_number(element_of(*this), text);
  return text;
}

std::string_view JsonNode::text() const {
  return kind() == JsonKind::text ? element_of(*this).get_string().value_unsafe() : std::string_view{};
}

std::optional<JsonNode> JsonNode::find(std::string_view name) const {
  if (kind() != JsonKind::object) return std::nullopt;
  dom::element found;
  if (element_of(*this).get_object().value_unsafe().at_key(name).get(found) != simdjson::SUCCESS) return std::nullopt;
  return node_of(found);
}

// Named, not temporary: value_unsafe() gives a reference into its result, which a range-for would outlive.
bool JsonNode::walk(Visitor visit, void* context) const {
  if (kind() == JsonKind::array) {
    const dom::array array = element_of(*this).get_array().value_unsafe();
    for (const auto item : array)
      if (!visit(context, {}, node_of(item))) return false;
  } else if (kind() == JsonKind::object) {
    const dom::object object = element_of(*this).get_object().value_unsafe();
    for (const auto member : object)
      if (!visit(context, member.key, node_of(member.value))) return false;
  }
  return true;
}

void JsonNode::write(std::string& out) const {
  if (document_ == nullptr)
    out += "null";
  else
    write_as_given(element_of(*this), out);
}

void JsonNode::write_canonical(std::string& out) const {
  if (document_ == nullptr)
    out += "null";
  else
    write_sorted(element_of(*this), out);
}

struct JsonDocument::Impl {
  dom::parser parser;
  Document document;

  simdjson::error_code parse(std::string_view text, dom::element& root) {
    return parser.parse_into_document(document, text.data(), text.size()).get(root);
  }
  // Also what has numbers that the parser cannot hold: it reads 0.0 and blanks in their place.
  simdjson::error_code parse_as_written(std::string_view text, dom::element& root) {
    document.numbers.clear();
    const auto code = parse(text, root);
    if (code != simdjson::SUCCESS && code != simdjson::NUMBER_ERROR) return code;
    document.numbers = numbers_as_written(parser, text);
    if (document.numbers.empty()) return code;
    document.text = text;
    if (code == simdjson::SUCCESS) return code;
    std::string readable{text};
    for (const auto& number : document.numbers)
      if (const auto value = Decimal::parse(text.substr(number.offset, number.bytes)); value && value->is_too_large())
        readable.replace(number.offset, number.bytes, "0.0" + std::string(number.bytes - 3, ' '));
    return parse(readable, root);
  }
};

JsonDocument::JsonDocument() : impl_{std::make_unique<Impl>()} {}
JsonDocument::~JsonDocument() = default;
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;

Result<JsonNode> JsonDocument::parse(std::string_view text) {
  dom::element root;
  const auto code = impl_->parse_as_written(text, root);
  if (code == simdjson::SUCCESS) {
    find_nodes(root, impl_->document.numbers);
    return node_of(root);
  }
  if (code == simdjson::MEMALLOC) return failure(Errc::out_of_memory, "parse JSON", "");
  if (code == simdjson::UTF8_ERROR || !is_utf8(text))
    return failure(Errc::invalid_argument, "parse JSON", "", "not UTF-8");
  // simdjson's sentences begin with its own code's name or with a capital and end in a full stop.
  std::string reason{simdjson::error_message(code)};
  if (const auto colon = reason.find(": "); colon != std::string::npos) reason.erase(0, colon + 2);
  while (!reason.empty() && reason.back() == '.') reason.pop_back();
  return failure(Errc::invalid_argument, "parse JSON", "", "malformed JSON: " + reason);
}

}  // namespace v1
}  // namespace eventstore
