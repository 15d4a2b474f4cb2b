#pragma once
// One description of a struct, from which come its members, their bytes, JSON, SQL columns and schema.
//
//   struct Opened { EVENTSTORE_EVENT(Opened, "AccountOpened", (string, owner), (int64_t, limit, 500)); };
//
// A field is (type, name[, default[, attributes]]); without a default it is required, unless it is a std::optional.
// Write `(string, phone, , es::personal_data)` for attributes without a default, and es::Map<T> or an alias for a type
// with a comma in it. The struct stays an aggregate.
#include <array>
#include <boost/hana/accessors.hpp>
#include <boost/hana/integral_constant.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/preprocessor/punctuation/comma_if.hpp>
#include <boost/preprocessor/seq/enum.hpp>
#include <boost/preprocessor/seq/for_each_i.hpp>
#include <boost/preprocessor/seq/size.hpp>
#include <boost/preprocessor/variadic/to_seq.hpp>
#include <cstddef>
#include <eventstore/schema/attributes.hpp>
#include <eventstore/schema/map.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// What the description says of a field beside its type.
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

}  // namespace detail
}  // namespace v1
}  // namespace eventstore

#define EVENTSTORE_UNPACK_(...) __VA_ARGS__
#define EVENTSTORE_APPLY_(macro, arguments) macro arguments

#define EVENTSTORE_DECLARE_(type, name, initial, ...) type name{initial};
#define EVENTSTORE_DECLARE_EACH_(r, data, index, field) \
  EVENTSTORE_APPLY_(EVENTSTORE_DECLARE_, (EVENTSTORE_UNPACK_ field, , , ))

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
  BOOST_PP_SEQ_FOR_EACH_I(EVENTSTORE_DECLARE_EACH_, ~, FIELDS)                                            \
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

// Two steps: without fields, and with them.
#define EVENTSTORE_ANY_FIELDS_(TYPE, ...)                                                            \
  static constexpr std::string_view eventstore_struct() { return #TYPE; }                            \
  EVENTSTORE_IF_EMPTY_##__VA_OPT__(NOT_)(TYPE, __VA_ARGS__) [[maybe_unused]] friend bool operator==( \
      const TYPE&, const TYPE&) = default
#define EVENTSTORE_IF_EMPTY_(TYPE, ...) EVENTSTORE_DESCRIBE_EMPTY_
#define EVENTSTORE_IF_EMPTY_NOT_(TYPE, ...) EVENTSTORE_DESCRIBE_(TYPE, BOOST_PP_VARIADIC_TO_SEQ(__VA_ARGS__))

/// Describes a struct that is part of events, states or documents.
#define EVENTSTORE_FIELDS(TYPE, ...) EVENTSTORE_ANY_FIELDS_(TYPE __VA_OPT__(, ) __VA_ARGS__)

/// Describes an event; STORED_NAME is its name in the log for ever, whatever the struct is called.
#define EVENTSTORE_EVENT(TYPE, STORED_NAME, ...)              \
  static constexpr std::string_view event_type = STORED_NAME; \
  EVENTSTORE_ANY_FIELDS_(TYPE __VA_OPT__(, ) __VA_ARGS__)

/// Describes a command; NAME is what the command line calls it.
#define EVENTSTORE_COMMAND(TYPE, NAME, ...)              \
  static constexpr std::string_view command_name = NAME; \
  EVENTSTORE_ANY_FIELDS_(TYPE __VA_OPT__(, ) __VA_ARGS__)
