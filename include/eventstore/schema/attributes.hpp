#pragma once
// The attributes of a field: the fourth part of its description.
#include <cstdint>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Combined with `|`: `(string, phone, , es::personal | es::was("telephone"))`.
struct Attributes {
  std::uint32_t flags = 0;
  std::string_view was{};            ///< an earlier name of the field, still read
  std::string_view help{};           ///< one line for people about the use of the field; it is part of no schema
  std::string_view first_default{};  ///< the default when the field was first locked, if it was another; in no schema
  std::string_view refers_to{};      ///< the category of the streams whose keys the field has; in no schema
  std::string_view subject{};        ///< the field beside it that names the person whom it is about; in no schema

  [[nodiscard]] constexpr bool has(Attributes wanted) const { return (flags & wanted.flags) == wanted.flags; }

  friend constexpr Attributes operator|(Attributes a, Attributes b) {
    const auto either = [](std::string_view x, std::string_view y) { return x.empty() ? y : x; };
    return {a.flags | b.flags,
            either(a.was, b.was),
            either(a.help, b.help),
            either(a.first_default, b.first_default),
            either(a.refers_to, b.refers_to),
            either(a.subject, b.subject)};
  }
};

/// Names the person, the subject, whom the personal fields of the record are about, where they name nobody themselves.
inline constexpr Attributes subject_id{1};
/// Tells about a person. A store encrypts the field under the key of its subject, and shows it until the subject is
/// erased; then it has its default. The subject is named by the record's field of the attribute `subject_id`, else by
/// the aggregate's `subject(const State&)`, else by the key of the stream.
inline constexpr Attributes personal{2};
/// The same, about the person whom the field `subject` of the same record names: `es::personal_of("sender_id")`.
constexpr Attributes personal_of(std::string_view subject) { return {2, {}, {}, {}, {}, subject}; }
/// The earlier name of `personal`.
inline constexpr Attributes personal_data = personal;
/// A record whose fields stand among the enclosing record's in JSON and in columns.
inline constexpr Attributes flattened{4};
/// A record that is written nested. If it is missing, its fields are read from the enclosing record's JSON.
inline constexpr Attributes also_read_flat{8};
/// A field of a state that the aggregate keeps for its own later decisions. It is part of the state and of its
/// document, and never of the changes that an event made.
inline constexpr Attributes bookkeeping{16};

/// A text that other programs write as a number, too, like an error's code: JSON may have either, and the field has the
/// number's digits as text. It is part of no schema.
inline constexpr Attributes also_read_number{128};

/// What the type es::Secret says of a field by itself: encrypted like personal data, and shown by nothing. A field of
/// another type with it does not compile.
inline constexpr Attributes secret{64};

/// The field had no default when it was first locked: `(int64_t, limit, 500, es::no_first_default)`. See first_default.
inline constexpr Attributes no_first_default{32};

/// The name that the field had before.
constexpr Attributes was(std::string_view name) { return {0, name, {}, {}, {}}; }

/// The default that the field had when its schema was first locked, where it has another or none now:
/// `(int64_t, limit, 600, es::first_default("500"))`. An event line that spells this value has the derived id of a line
/// that leaves the field out, so the lines of old files keep their ids when a default is changed. `value` is as in
/// JSON, text without its quotes. `schema lock` records defaults, and asks for this attribute.
constexpr Attributes first_default(std::string_view value) { return {0, {}, {}, value, {}}; }

/// The use of the field, as the command line's help and forms show it: "Seed of the random generator". The parameters
/// of app/ have {stream}, {category} and {event} in it, for which app::filled_in puts a program's own names.
constexpr Attributes help(std::string_view line) { return {0, {}, line, {}, {}}; }

/// The field has the key of a stream of `category`, like the agent of a delivery:
/// `(string, agent_id, , es::refers_to("agent"))`. On a text, a whole number or an id, or on an optional, a list, a set
/// or an array of these; elsewhere it says nothing. `export --ocel` makes relations between objects of it. There need
/// be no aggregate of this category.
constexpr Attributes refers_to(std::string_view category) { return {0, {}, {}, {}, category}; }

}  // namespace v1
}  // namespace eventstore
