#pragma once
// From pointers to members to the fields that questions name, checked at compile time.
#include <concepts>
#include <eventstore/collections/query.hpp>
#include <eventstore/collections/shape.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/described.hpp>
#include <eventstore/schema/enum.hpp>
#include <optional>
#include <type_traits>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T> struct WithoutOptional { using type = T; };
template <class T> struct WithoutOptional<std::optional<T>> { using type = T; };

template <class Pointer> struct MemberOf;
template <class Object, class Value> struct MemberOf<Value Object::*> {
  using object = Object;
  using value = typename WithoutOptional<Value>::type;
};

template <auto First, auto... Rest> struct LastMember : LastMember<Rest...> {};
template <auto Last> struct LastMember<Last> : MemberOf<std::remove_cv_t<decltype(Last)>> {};

/// The type of the field at the end of the path, without its optional.
template <auto... Path> using FieldValue = typename LastMember<Path...>::value;

template <class T> struct ElementType { using type = void; };
template <class T>
requires requires { typename T::value_type; }
struct ElementType<T> {
  using type = typename T::value_type;
};
template <auto... Path> using ElementOf = typename ElementType<FieldValue<Path...>>::type;

template <class T> inline constexpr bool is_number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;

template <class D, auto First, auto... Rest> void append_path(std::string& name) {
  constexpr auto place = field_index<First, D>();
  static_assert(place < D::eventstore_facts().size(),
                "not a field of the document: each part of a path is a member that EVENTSTORE_FIELDS describes, of the "
                "struct that the part before it names");
  constexpr auto facts = D::eventstore_facts();
  // The fields of a flattened record belong to the document itself.
  if constexpr (!facts[place].attributes.has(flattened)) {
    if (!name.empty()) name += '.';
    name += facts[place].name;
  }
  if constexpr (sizeof...(Rest) > 0)
    append_path<typename MemberOf<std::remove_cv_t<decltype(First)>>::value, Rest...>(name);
}

/// "package_details.fragile" for <&Document::package_details, &Package::fragile>.
template <class D, auto... Path> std::string path_name() {
  static_assert(sizeof...(Path) > 0, "name the field: where<&Document::status>(...)");
  std::string name;
  append_path<D, Path...>(name);
  return name;
}

template <class T> QueryValue query_value(const T& value) {
  if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, Timestamp> || std::is_same_v<T, std::string>)
    return value;
  else if constexpr (std::is_floating_point_v<T>)
    return static_cast<double>(value);
  else if constexpr (std::is_integral_v<T>)
    return static_cast<std::int64_t>(value);
  else if constexpr (DescribedEnum<T>)
    return std::string{to_string(value)};
  else {
    static_assert(std::is_same_v<T, Uuid>,
                  "only a field that is one value is compared: a bool, number, text, enumerator, Uuid or Timestamp; "
                  "name a field of a record by its path, where<&Document::package, &Package::fragile>(true)");
    return value.to_string();
  }
}

template <class D> constexpr bool has_default_order() {
  for (const auto& facts : D::eventstore_facts())
    if (facts.name == "created_at" || facts.name == "timestamp" || facts.attributes.has(flattened)) return true;
  return false;
}

/// created_at, or timestamp if the documents have none; then position, if they have it.
Order default_order(const CollectionShape& shape, bool descending);

/// A group's key as text.
std::string name_of(const QueryValue& value);

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
