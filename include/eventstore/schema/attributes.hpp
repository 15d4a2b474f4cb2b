#pragma once
// The attributes of a field: the fourth part of its description.
#include <cstdint>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Combined with `|`: `(string, phone, , es::personal_data | es::was("telephone"))`.
struct Attributes {
  std::uint32_t flags = 0;
  std::string_view was{};   ///< an earlier name of the field, still read
  std::string_view help{};  ///< one line for people about the use of the field; it is part of no schema

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
/// A record that is written nested. If it is missing, its fields are read from the enclosing record's JSON.
inline constexpr Attributes also_read_flat{8};
/// A field of a state that the aggregate keeps for its own later decisions. It is part of the state and of its
/// document, and never of the changes that an event made.
inline constexpr Attributes bookkeeping{16};

/// The name that the field had before.
constexpr Attributes was(std::string_view name) { return {0, name, {}}; }

/// The use of the field, as the command line's help and forms show it: "Seed of the random generator". The parameters
/// of app/ have {stream}, {category} and {event} in it, for which app::filled_in puts a program's own names.
constexpr Attributes help(std::string_view line) { return {0, {}, line}; }

}  // namespace v1
}  // namespace eventstore
