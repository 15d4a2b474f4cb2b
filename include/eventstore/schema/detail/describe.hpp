#pragma once
// From C++ types to their Type and Schema.
#include <array>
#include <eventstore/schema/detail/archive.hpp>
#include <eventstore/schema/schema.hpp>
#include <span>
#include <string>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T> constexpr Kind number_kind() {
  if constexpr (std::is_same_v<T, bool>)
    return Kind::boolean;
  else if constexpr (std::is_floating_point_v<T>)
    return sizeof(T) == 4 ? Kind::float32 : Kind::float64;
  else {
    constexpr int width = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
    return static_cast<Kind>(static_cast<int>(std::is_signed_v<T> ? Kind::int8 : Kind::uint8) + width);
  }
}

// How a member is described: its type, made by `make_type`, and the default at its place, which `save` writes.
struct MemberDescription {
  Type (*make_type)();
  void (*save)(BytesOut& to, const void* member);
};

// The record of the fields that `facts` and `members` describe, with the defaults that stand at `places`. Out of line:
// this runs once, and a copy for each struct is what compilers would spend their time on.
Type describe_record(std::span<const FieldFacts> facts, std::span<const MemberDescription> members,
                     std::span<const void* const> places);

template <class T> struct DescribeType {
  static Type get() {
    if constexpr (std::is_arithmetic_v<T>) {
      static_assert(sizeof(T) <= 8, "a field is at most 64 bits wide: use double");
      return Type{number_kind<T>()};
    } else if constexpr (DescribedEnum<T>) {
      Type type{Kind::enumeration};
      for (const auto name : eventstore_enumerators(T{})) type.enumerators.emplace_back(name);
      return type;
    } else {
      static_assert(Described<T>, EVENTSTORE_FIELD_TYPES_);
      return record();
    }
  }

 private:
  static Type record() {
    static_assert(T::eventstore_is_sound());  // of a template, nothing else has asked
    static_assert(secrets_fit<T>(),
                  "a field with the attribute es::secret has the type es::Secret, so that nothing can show it");
    static constexpr auto facts = T::eventstore_facts();
    const T example{};
    return with_fields(example, []<class... Member>(const Member&... member) {
      static constexpr std::array<MemberDescription, sizeof...(Member)> members{
          MemberDescription{&DescribeType<Member>::get, &save_member<Member>}...};
      return describe_record(facts, members, std::array<const void*, sizeof...(Member)>{&member...});
    });
  }
};

template <Kind kind> struct DescribeAs {
  static Type get() { return Type{kind}; }
};
template <> struct DescribeType<std::string> : DescribeAs<Kind::text> {};
template <> struct DescribeType<Bytes> : DescribeAs<Kind::bytes> {};
template <> struct DescribeType<Uuid> : DescribeAs<Kind::uuid> {};
template <> struct DescribeType<Timestamp> : DescribeAs<Kind::timestamp> {};
template <> struct DescribeType<Secret> : DescribeAs<Kind::secret_text> {};
template <> struct DescribeType<Json> : DescribeAs<Kind::json> {};
template <class T> struct DescribeType<std::optional<T>> {
  static Type get() { return Type{Kind::optional, DescribeType<T>::get()}; }
};
template <class T> struct DescribeType<std::vector<T>> {
  static Type get() {
    static_assert(!takes_no_bytes<T>(),
                  "a list's elements need a field at least: nothing would tell how many elements the bytes hold");
    return Type{Kind::list, DescribeType<T>::get()};
  }
};
template <class T> struct DescribeType<List<T>> : DescribeType<std::vector<T>> {};
template <class T> struct DescribeType<std::map<std::string, T>> {
  static Type get() { return Type{Kind::map, DescribeType<T>::get()}; }
};
template <class T> struct DescribeType<PersistentMap<std::string, T>> : DescribeType<std::map<std::string, T>> {};

template <DurationField T> struct DescribeType<T> : DescribeAs<duration_kind<T>()> {};
template <class T, std::size_t size> struct DescribeType<std::array<T, size>> {
  static Type get() {
    static_assert(size > 0 && size <= array_elements_max, "an array has 1 to 65535 elements: use std::vector");
    static_assert(!takes_no_bytes<T>(), "an array's elements need a field at least");
    Type type{Kind::array, DescribeType<T>::get()};
    type.count = static_cast<std::uint32_t>(size);
    return type;
  }
};
template <class T> struct DescribeType<std::set<T>> {
  static Type get() {
    static_assert(
        may_be_in_a_set<T>(),
        "a set's elements are text, whole numbers, Uuid, Timestamp, durations or enumerators: use std::vector");
    return Type{Kind::set, DescribeType<T>::get()};
  }
};
template <class... Alternatives> struct DescribeType<std::variant<Alternatives...>> {
  static Type get() {
    check_alternatives<Alternatives...>();
    Type type{Kind::variant};
    if constexpr ((Described<Alternatives> && ...))
      (type.fields.push_back(
           {std::string{alternative_name<Alternatives>()}, DescribeType<Alternatives>::get(), {}, {}}),
       ...);
    return type;
  }
};

template <class T> constexpr std::string_view stored_name() {
  if constexpr (DescribedEvent<T>)
    return T::event_type;
  else if constexpr (DescribedCommand<T>)
    return T::command_name;
  else
    return {};
}

Schema make_schema(std::string_view name, Type (*make_type)());

}  // namespace detail

/// The type of `T` as data. Cost: each call builds it again; schema_of keeps it.
template <class T> Type type_of() { return detail::DescribeType<T>::get(); }

/// The schema of the described struct `T`, built at first use. Lifetime: the program's. Threads: any.
template <Described T> const Schema& schema_of() {
  static const Schema schema = detail::make_schema(detail::stored_name<T>(), &detail::DescribeType<T>::get);
  return schema;
}

}  // namespace v1
}  // namespace eventstore
