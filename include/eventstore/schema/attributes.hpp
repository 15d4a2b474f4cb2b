#pragma once
// What a field is beside its type: the fourth part of a field's description.
#include <cstdint>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Combined with `|`: `(string, phone, , es::personal_data | es::was("telephone"))`.
struct Attributes {
  std::uint32_t flags = 0;
  std::string_view was{};   ///< an earlier name of the field, still read
  std::string_view help{};  ///< one line for people about what the field is for; no part of any schema

  [[nodiscard]] constexpr bool has(Attributes wanted) const { return (flags & wanted.flags) == wanted.flags; }

  friend constexpr Attributes operator|(Attributes a, Attributes b) {
    return {a.flags | b.flags, a.was.empty() ? b.was : a.was, a.help.empty() ? b.help : a.help};
  }
};

/// Names the person whom the record is about.
inline constexpr Attributes subject_id{1};
/// Tells about a person: to be erased with the subject.
inline constexpr Attributes personal_data{2};
/// A record whose fields stand among the enclosing record's in JSON and in columns.
inline constexpr Attributes flattened{4};
/// A record that is read from the enclosing record's own JSON fields too, where it is missing; written nested.
inline constexpr Attributes also_read_flat{8};

/// The name that the field had before.
constexpr Attributes was(std::string_view name) { return {0, name, {}}; }

/// What the field is for, as the command line's help and forms show it: "Seed of the random generator".
constexpr Attributes help(std::string_view line) { return {0, {}, line}; }

}  // namespace v1
}  // namespace eventstore
