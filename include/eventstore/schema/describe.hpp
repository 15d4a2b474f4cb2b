#pragma once
// From C++ types to their Type and Schema.
#include <eventstore/schema/archive.hpp>
#include <eventstore/schema/schema.hpp>
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
      static_assert(
          Described<T>,
          "a field's type is a number, bool, std::string, eventstore::Bytes, Uuid, Timestamp or Json, an enum "
          "declared by EVENTSTORE_ENUM, a struct with EVENTSTORE_FIELDS, or a std::optional, std::vector or "
          "std::map<std::string, ...> of these");
      return record();
    }
  }

 private:
  static Type record() {
    Type type{Kind::record};
    const T example{};
    each_field(example, [&](const auto& member, const FieldFacts& facts) {
      using Member = std::remove_cvref_t<decltype(member)>;
      Field field{std::string{facts.name}, DescribeType<Member>::get(), facts.attributes, {}};
      if (facts.has_default) {
        Bytes bytes;
        BytesOut archive{bytes};
        archive(member);
        field.default_value = std::move(bytes);
      }
      type.fields.push_back(std::move(field));
    });
    return type;
  }
};

template <Kind kind> struct DescribeAs {
  static Type get() { return Type{kind}; }
};
template <> struct DescribeType<std::string> : DescribeAs<Kind::text> {};
template <> struct DescribeType<Bytes> : DescribeAs<Kind::bytes> {};
template <> struct DescribeType<Uuid> : DescribeAs<Kind::uuid> {};
template <> struct DescribeType<Timestamp> : DescribeAs<Kind::timestamp> {};
template <> struct DescribeType<Json> : DescribeAs<Kind::json> {};
template <class T> struct DescribeType<std::optional<T>> {
  static Type get() { return Type{Kind::optional, DescribeType<T>::get()}; }
};
// Whether a T is written as no bytes at all.
template <class T> constexpr bool takes_no_bytes() {
  if constexpr (Described<T>)
    return boost::hana::unpack(boost::hana::accessors<T>(), [](auto... accessor) {
      return (takes_no_bytes<typename std::remove_cvref_t<decltype(boost::hana::second(accessor))>::value_type>() &&
              ...);
    });
  else
    return false;
}
template <class T> struct DescribeType<std::vector<T>> {
  static Type get() {
    static_assert(!takes_no_bytes<T>(),
                  "a list's elements need a field at least: nothing would tell how many elements the bytes hold");
    return Type{Kind::list, DescribeType<T>::get()};
  }
};
template <class T> struct DescribeType<std::map<std::string, T>> {
  static Type get() { return Type{Kind::map, DescribeType<T>::get()}; }
};

template <class T> constexpr std::string_view stored_name() {
  if constexpr (DescribedEvent<T>)
    return T::event_type;
  else if constexpr (DescribedCommand<T>)
    return T::command_name;
  else
    return {};
}

}  // namespace detail

/// The type of `T` as data. Cost: built anew at each call; schema_of keeps it.
template <class T> Type type_of() { return detail::DescribeType<T>::get(); }

/// The schema of the described struct `T`, built at first use. Lifetime: the program's. Threads: any.
template <Described T> const Schema& schema_of() {
  static const Schema schema = Schema::of(std::string{detail::stored_name<T>()}, type_of<T>());
  return schema;
}

}  // namespace v1
}  // namespace eventstore
