#pragma once
// One description of a struct, from which come its members, their bytes, JSON, SQL columns and schema.
//
//   struct Opened { EVENTSTORE_EVENT(Opened, "AccountOpened", (string, owner), (int64_t, limit, 500)); };
//
// A field is (type, name[, default[, attributes]]); without a default it is required, unless it is a std::optional.
// Write `(string, phone, , es::personal)` for attributes without a default, and an alias for a type with a
// comma in it; es::Map<T> has text keys and no comma. The struct stays an aggregate. It has at most 64 fields, and no
// data besides them.
#include <array>
#include <boost/hana/accessors.hpp>
#include <boost/hana/integral_constant.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/preprocessor/cat.hpp>
#include <boost/preprocessor/logical/compl.hpp>
#include <boost/preprocessor/punctuation/comma_if.hpp>
#include <boost/preprocessor/punctuation/is_begin_parens.hpp>
#include <boost/preprocessor/seq/enum.hpp>
#include <boost/preprocessor/seq/for_each_i.hpp>
#include <boost/preprocessor/seq/size.hpp>
#include <boost/preprocessor/variadic/to_seq.hpp>
#include <cstddef>
#include <eventstore/schema/attributes.hpp>
#include <eventstore/schema/detail/check_fields.hpp>
#include <eventstore/schema/detail/field_list.hpp>
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// The parts of a field's description besides its type.
struct FieldFacts {
  std::string_view name;
  bool has_default = false;
  Attributes attributes{};
};

namespace detail {

template <auto Member> struct MemberAccess;

// Hana's accessors are functions of the object; one type per member keeps them empty and inlined.
template <class Object, class Value, Value Object::*Member> struct MemberAccess<Member> {
  using value_type = Value;
  static constexpr auto pointer = Member;
  constexpr Value& operator()(Object& object) const { return object.*Member; }
  constexpr const Value& operator()(const Object& object) const { return object.*Member; }
  constexpr Value&& operator()(Object&& object) const { return static_cast<Value&&>(object.*Member); }
};

// A type's name as commands are called: "link_call" of "LinkCall".
template <std::size_t Size> struct SnakeName {
  char text[2 * Size]{};
  std::size_t size = 0;

  constexpr explicit SnakeName(const char (&name)[Size]) {
    for (std::size_t i = 0; i + 1 < Size; ++i) {
      const bool begins_word = is_upper(name[i]) && i > 0 && name[i - 1] != '_' &&
                               (!is_upper(name[i - 1]) || (name[i + 1] >= 'a' && name[i + 1] <= 'z'));
      if (begins_word) text[size++] = '_';
      text[size++] = is_upper(name[i]) ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
    }
  }
  static constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore

#define EVENTSTORE_FIELD_TYPES_                                                                                    \
  "a field's type is a number of at most 64 bits, bool, std::string, eventstore::Bytes, Uuid, Timestamp, Json or " \
  "Secret, an enum declared by EVENTSTORE_ENUM, a struct with EVENTSTORE_FIELDS, a duration of std::chrono, or a " \
  "std::optional, std::vector, std::array, std::set, std::variant, std::map<std::string, ...>, "                   \
  "eventstore::List or eventstore::Map of these"

#define EVENTSTORE_UNPACK_(...) __VA_ARGS__
#define EVENTSTORE_APPLY_(macro, arguments) macro arguments

#define EVENTSTORE_DECLARE_(TYPE, type, name, initial, ...)                                                 \
  type name{initial};                                                                                       \
  static_assert(::eventstore::detail::is_field_type<type>, #TYPE "." #name ": " EVENTSTORE_FIELD_TYPES_);   \
  static_assert(#initial[0] != '{' || sizeof(#initial) != 3 || !::eventstore::detail::holds_elements<type>, \
                #TYPE "." #name ": the default {} would be one empty element: write the whole value, " #type "{}");
#define EVENTSTORE_DECLARE_EACH_(r, TYPE, index, field) \
  EVENTSTORE_APPLY_(EVENTSTORE_DECLARE_, (TYPE, EVENTSTORE_UNPACK_ field, , , ))

#define EVENTSTORE_FACTS_(type, name, initial, attributes, ...)         \
  ::eventstore::FieldFacts {                                            \
#name, sizeof(#initial)> 1, ::eventstore::Attributes { attributes } \
  }
#define EVENTSTORE_FACTS_EACH_(r, data, index, field) \
  BOOST_PP_COMMA_IF(index) EVENTSTORE_APPLY_(EVENTSTORE_FACTS_, (EVENTSTORE_UNPACK_ field, , , ))

#define EVENTSTORE_MEMBER_(type, name, ...) name
#define EVENTSTORE_ACCESSOR_EACH_(r, TYPE, index, field)                                                              \
  BOOST_PP_COMMA_IF(index)                                                                                            \
  ::boost::hana::make_pair(::boost::hana::size_c<index>, ::eventstore::detail::MemberAccess<&TYPE::EVENTSTORE_APPLY_( \
                                                             EVENTSTORE_MEMBER_, (EVENTSTORE_UNPACK_ field, , , ))>{})

#define EVENTSTORE_DESCRIBE_(TYPE, FIELDS)                                                                \
  BOOST_PP_SEQ_FOR_EACH_I(EVENTSTORE_DECLARE_EACH_, TYPE, FIELDS)                                         \
  struct hana_accessors_impl {                                                                            \
    static constexpr auto apply() {                                                                       \
      return ::boost::hana::make_tuple(BOOST_PP_SEQ_FOR_EACH_I(EVENTSTORE_ACCESSOR_EACH_, TYPE, FIELDS)); \
    }                                                                                                     \
  };                                                                                                      \
  static constexpr std::array<::eventstore::FieldFacts, BOOST_PP_SEQ_SIZE(FIELDS)> eventstore_facts() {   \
    return {{BOOST_PP_SEQ_FOR_EACH_I(EVENTSTORE_FACTS_EACH_, ~, FIELDS)}};                                \
  }

#define EVENTSTORE_DESCRIBE_EMPTY_                                        \
  struct hana_accessors_impl {                                            \
    static constexpr auto apply() { return ::boost::hana::make_tuple(); } \
  };                                                                      \
  static constexpr std::array<::eventstore::FieldFacts, 0> eventstore_facts() { return {}; }

// Two steps: without fields, and with them. The struct is complete in the body of its function.
#define EVENTSTORE_ANY_FIELDS_(TYPE, ...)                                                                       \
  static constexpr std::string_view eventstore_struct() { return #TYPE; }                                       \
  EVENTSTORE_IF_EMPTY_##__VA_OPT__(NOT_)(TYPE, __VA_ARGS__) static constexpr bool eventstore_is_sound() {       \
    static_assert(::eventstore::detail::is_whole<TYPE>, #TYPE                                                   \
                  " has data besides its described fields: a member or a base class that would not be stored; " \
                  "list it as a field, (type, name), or take it out");                                          \
    static_assert(::eventstore::detail::has_a_field_for_each_name<TYPE>(), #TYPE                                \
                  " has two fields of one name: the earlier names of es::was and the fields of flattened "      \
                  "records count too; rename one of them");                                                     \
    return true;                                                                                                \
  }                                                                                                             \
  [[maybe_unused]] friend bool operator==(const TYPE&, const TYPE&) = default
#define EVENTSTORE_IF_EMPTY_(TYPE, ...) EVENTSTORE_DESCRIBE_EMPTY_
#define EVENTSTORE_IF_EMPTY_NOT_(TYPE, ...) \
  BOOST_PP_CAT(EVENTSTORE_IF_MANY_, EVENTSTORE_HAS_MORE_THAN_64_(__VA_ARGS__))(TYPE, __VA_ARGS__)
#define EVENTSTORE_IF_MANY_0(TYPE, ...) EVENTSTORE_DESCRIBE_(TYPE, BOOST_PP_VARIADIC_TO_SEQ(__VA_ARGS__))
#define EVENTSTORE_IF_MANY_1(TYPE, ...)                                                                    \
  static_assert(sizeof(#TYPE) == 0, #TYPE                                                                  \
                " has more than 64 fields: move some into a struct of their own, which is one field here " \
                "(with es::flattened its fields stand in JSON as before)");                                \
  EVENTSTORE_DESCRIBE_EMPTY_

/// Describes a struct that is part of events, states or documents.
#define EVENTSTORE_FIELDS(TYPE, ...) EVENTSTORE_ANY_FIELDS_(TYPE __VA_OPT__(, ) __VA_ARGS__)

// Whether the first argument is a name: fields stand in parentheses.
#define EVENTSTORE_FIRST_(first, ...) first
#define EVENTSTORE_HAS_NAME_(...) \
  BOOST_PP_COMPL(BOOST_PP_IS_BEGIN_PARENS(EVENTSTORE_FIRST_(__VA_ARGS__ __VA_OPT__(, )(), )))

#define EVENTSTORE_EVENT_NAMED_0(TYPE, ...)             \
  static constexpr std::string_view event_type = #TYPE; \
  EVENTSTORE_ANY_FIELDS_(TYPE __VA_OPT__(, ) __VA_ARGS__)
#define EVENTSTORE_EVENT_NAMED_1(TYPE, STORED_NAME, ...)      \
  static constexpr std::string_view event_type = STORED_NAME; \
  EVENTSTORE_ANY_FIELDS_(TYPE __VA_OPT__(, ) __VA_ARGS__)

#define EVENTSTORE_COMMAND_NAMED_0(TYPE, ...)                                                                 \
  static constexpr ::eventstore::detail::SnakeName<sizeof(#TYPE)> eventstore_command_name{#TYPE};             \
  static constexpr std::string_view command_name{eventstore_command_name.text, eventstore_command_name.size}; \
  EVENTSTORE_ANY_FIELDS_(TYPE __VA_OPT__(, ) __VA_ARGS__)
#define EVENTSTORE_COMMAND_NAMED_1(TYPE, NAME, ...)      \
  static constexpr std::string_view command_name = NAME; \
  EVENTSTORE_ANY_FIELDS_(TYPE __VA_OPT__(, ) __VA_ARGS__)

/// Describes an event: `EVENTSTORE_EVENT(Opened, "AccountOpened", (string, owner))`. The text is its name in the log
/// for ever, even if the struct is renamed; without this text, the event is stored under the struct's own name.
#define EVENTSTORE_EVENT(TYPE, ...) \
  BOOST_PP_CAT(EVENTSTORE_EVENT_NAMED_, EVENTSTORE_HAS_NAME_(__VA_ARGS__))(TYPE __VA_OPT__(, ) __VA_ARGS__)

/// Describes a command. The text is its name on the command line; without this text, its name is the struct's name in
/// lower case: `link_call` for LinkCall.
#define EVENTSTORE_COMMAND(TYPE, ...) \
  BOOST_PP_CAT(EVENTSTORE_COMMAND_NAMED_, EVENTSTORE_HAS_NAME_(__VA_ARGS__))(TYPE __VA_OPT__(, ) __VA_ARGS__)
