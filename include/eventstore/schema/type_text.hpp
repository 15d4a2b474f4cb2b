#pragma once
// Walks the canonical text of types (docs/reference/file-format.md, "Descriptors"), also while compiling.
//
// What code wants is written with two marks that a stored descriptor has not: `=` after a field that has a default, and
// `~former` for its earlier name: "{owner:text,limit=:int64,notes~remarks:text?}". Such text is called annotated.
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

// Where the type that `text` begins with ends: at the ',' or closing bracket that is not its own.
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
  [[nodiscard]] constexpr bool is_enumeration() const { return text_.starts_with("enum(") && !is_optional(); }

  /// Of an optional, a list or a map.
  [[nodiscard]] constexpr TypeText element() const {
    const std::size_t front = is_list() ? 1 : is_map() ? 4 : 0;
    return TypeText{text_.substr(front, text_.size() - front - 1)};
  }

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
