#pragma once
// Walks the canonical text of types (docs/reference/file-format.md, "Descriptors"), also while compiling.
//
// The wanted type is written with two marks that a stored descriptor does not have: `=` after a field that has a
// default, and `~former` for its earlier name: "{owner:text,limit=:int64,notes~remarks:text?}". Such text is called
// annotated.
#include <cstddef>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// One field of a record's text. Lifetime: views into that text.
struct FieldText {
  std::string_view name;
  std::string_view former;  ///< its earlier name; empty where it has none
  std::string_view type;
  bool has_default = false;
};

namespace detail {

// The end of the type with which `text` begins: the ',' or closing bracket that is not part of it.
constexpr std::size_t type_length(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '{' || c == '[' || c == '<' || c == '(') ++depth;
    if (depth == 0 && (c == ',' || c == '}')) return at;
    if (c == '}' || c == ']' || c == '>' || c == ')') --depth;
  }
  return text.size();
}

// The end of the record with which `text` begins.
constexpr std::size_t record_length(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at + 1;
  }
  return text.size();
}

constexpr std::string_view take_until(std::string_view& text, std::string_view stops) {
  const auto length = text.find_first_of(stops);
  const auto taken = text.substr(0, length);
  text.remove_prefix(taken.size());
  return taken;
}

}  // namespace detail

/// The text of one type. Lifetime: a view.
class TypeText {
 public:
  constexpr explicit TypeText(std::string_view text) : text_{text} {}

  [[nodiscard]] constexpr std::string_view text() const { return text_; }
  [[nodiscard]] constexpr bool is_optional() const { return text_.ends_with('?'); }
  [[nodiscard]] constexpr bool is_record() const { return text_.starts_with('{') && !is_optional(); }
  [[nodiscard]] constexpr bool is_list() const { return text_.starts_with('[') && !is_optional(); }
  [[nodiscard]] constexpr bool is_map() const { return text_.starts_with("map<") && !is_optional(); }
  [[nodiscard]] constexpr bool is_set() const { return text_.starts_with("set<") && !is_optional(); }
  [[nodiscard]] constexpr bool is_array() const { return text_.starts_with("array<") && !is_optional(); }
  [[nodiscard]] constexpr bool is_variant() const { return text_.starts_with("variant(") && !is_optional(); }
  [[nodiscard]] constexpr bool is_enumeration() const { return text_.starts_with("enum(") && !is_optional(); }

  /// Of an optional, a list, an array, a set or a map.
  [[nodiscard]] constexpr TypeText element() const {
    const std::size_t front = is_list() ? 1 : is_map() || is_set() ? 4 : is_array() ? text_.find('*') + 1 : 0;
    return TypeText{text_.substr(front, text_.size() - front - 1)};
  }
  /// The number of elements of an array, in digits.
  [[nodiscard]] constexpr std::string_view count() const { return text_.substr(6, text_.find('*') - 6); }

  /// Calls `visit(FieldText)` for each field of a record until it returns false.
  template <class Visit> constexpr void each_field(Visit visit) const {
    auto rest = text_.substr(1);
    while (!rest.empty() && rest.front() != '}') {
      FieldText field{};
      field.name = detail::take_until(rest, "@=~:");
      while (rest.starts_with('@')) {
        rest.remove_prefix(1);
        detail::take_until(rest, "@=~:");
      }
      if (rest.starts_with('=')) {
        field.has_default = true;
        rest.remove_prefix(1);
      }
      if (rest.starts_with('~')) {
        rest.remove_prefix(1);
        field.former = detail::take_until(rest, ":");
      }
      if (rest.empty()) return;
      rest.remove_prefix(1);
      field.type = rest.substr(0, detail::type_length(rest));
      rest.remove_prefix(field.type.size());
      if (rest.starts_with(',')) rest.remove_prefix(1);
      if (!visit(field)) return;
    }
  }
  /// Calls `visit(name)` for each enumerator until it returns false.
  template <class Visit> constexpr void each_enumerator(Visit visit) const {
    auto rest = text_.substr(5);
    while (!rest.empty() && rest.front() != ')') {
      if (!visit(detail::take_until(rest, "|)"))) return;
      if (rest.starts_with('|')) rest.remove_prefix(1);
    }
  }
  /// Calls `visit(name, type)` for each alternative of a variant until it returns false; the types are records.
  template <class Visit> constexpr void each_alternative(Visit visit) const {
    auto rest = text_.substr(8);
    while (!rest.empty() && rest.front() != ')') {
      const auto name = detail::take_until(rest, "{)");
      const auto type = rest.substr(0, detail::record_length(rest));
      rest.remove_prefix(type.size());
      if (rest.starts_with('|')) rest.remove_prefix(1);
      if (!visit(name, TypeText{type})) return;
    }
  }
  /// The alternative's record; an empty text if there is no alternative of that name.
  [[nodiscard]] constexpr TypeText alternative(std::string_view name) const {
    TypeText found{""};
    each_alternative([&](std::string_view each, TypeText type) {
      if (each == name) found = type;
      return each != name;
    });
    return found;
  }
  [[nodiscard]] constexpr bool has_enumerator(std::string_view name) const {
    bool found = false;
    each_enumerator([&](std::string_view each) { return !(found = each == name); });
    return found;
  }

 private:
  std::string_view text_;
};

}  // namespace v1
}  // namespace eventstore
