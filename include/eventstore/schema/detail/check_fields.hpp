#pragma once
// Checks of one described struct while it is compiled: nothing of it may be lost or mixed up in silence.
#include <algorithm>
#include <array>
#include <cstddef>
#include <eventstore/schema/attributes.hpp>
#include <eventstore/schema/detail/field_type.hpp>
#include <string_view>
#include <type_traits>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace detail {

// Becomes a base class of T that has no data.
template <class T> struct EmptyBaseOf {
  template <class Base>
  requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T> && std::is_empty_v<Base>) operator Base() const;
};

// Variables and not concepts, which cost clang several times as much here.
template <class T, class... Value> inline constexpr bool has_exactly = requires { T{std::declval<Value>()...}; }
&&!requires { T{std::declval<Value>()..., {}}; };

// The size of a struct that is aligned by `alignment` and has members of these types alone.
template <class... Value> constexpr std::size_t size_of_members(std::size_t alignment) {
  std::size_t end = 0;
  ((end = (end + alignof(Value) - 1) / alignof(Value) * alignof(Value) + sizeof(Value)), ...);
  return (end + alignment - 1) / alignment * alignment;
}

template <class T, class... Value> constexpr bool holds_only() {
  if constexpr (sizeof...(Value) == 0)
    return std::is_empty_v<T>;
  else if constexpr (!std::is_aggregate_v<T>)
    return sizeof(T) == size_of_members<Value...>(alignof(T));
  else if constexpr (has_exactly<T, Value...>)
    return true;
  else
    return has_exactly<T, EmptyBaseOf<T>, Value...> || has_exactly<T, EmptyBaseOf<T>, EmptyBaseOf<T>, Value...>;
}

template <class T, class Accessors> inline constexpr bool is_whole_by = false;
template <class T, class... Index, class... Access>
inline constexpr bool is_whole_by<T, boost::hana::tuple<boost::hana::pair<Index, Access>...>> =
    holds_only<T, typename Access::value_type...>();

/// Whether the described fields are all the data that a T has. A member of a struct with constructors goes unnoticed
/// where it stands in a gap between fields.
template <class T> inline constexpr bool is_whole = is_whole_by<T, AccessorsOf<T>>;

template <class T> constexpr std::size_t readers_of(std::string_view name);

// How many fields are read from the JSON member `name`, if `facts` describe a field of the type Member.
template <class Member> constexpr std::size_t readers_in(const auto& facts, std::string_view name) {
  if constexpr (HasFields<Member>)
    if (facts.attributes.has(flattened)) return readers_of<Member>(name);
  return facts.name == name || (!facts.attributes.was.empty() && facts.attributes.was == name) ? 1 : 0;
}

template <class T, class Accessors> struct EachField;
template <class T, class... Index, class... Access>
struct EachField<T, boost::hana::tuple<boost::hana::pair<Index, Access>...>> {
  static constexpr std::size_t readers(std::string_view name) {
    [[maybe_unused]] constexpr auto facts = T::eventstore_facts();
    return (readers_in<typename Access::value_type>(facts[Index::value], name) + ... + 0);
  }
  // Calls `visit(name)` for each name under which a field of T is read, until it returns false.
  static constexpr bool names(const auto& visit) {
    [[maybe_unused]] constexpr auto facts = T::eventstore_facts();
    return (names_in<typename Access::value_type>(facts[Index::value], visit) && ...);
  }

 private:
  template <class Member> static constexpr bool names_in(const auto& facts, const auto& visit) {
    if constexpr (HasFields<Member>)
      if (facts.attributes.has(flattened)) return EachField<Member, AccessorsOf<Member>>::names(visit);
    return visit(facts.name) && (facts.attributes.was.empty() || visit(facts.attributes.was));
  }
};

template <class T> constexpr std::size_t readers_of(std::string_view name) {
  return EachField<T, AccessorsOf<T>>::readers(name);
}

// Whether each field of the attribute `secret` has the type for it.
template <class T, class Accessors> inline constexpr bool secrets_fit_by = true;
template <class T, class... Index, class... Access>
inline constexpr bool secrets_fit_by<T, boost::hana::tuple<boost::hana::pair<Index, Access>...>> =
    ((!T::eventstore_facts()[Index::value].attributes.has(secret) || is_secret_type<typename Access::value_type>)&&...);

template <class T> constexpr bool has_secrets() {
  for (const auto& field : T::eventstore_facts())
    if (field.attributes.has(secret)) return true;
  return false;
}

/// Whether no secret of T would be shown because of its type.
template <class T> constexpr bool secrets_fit() {
  if constexpr (has_secrets<T>())
    return secrets_fit_by<T, AccessorsOf<T>>;
  else
    return true;
}

// Each field has one name, its own: C++ itself sees to two members of one name.
template <class T> constexpr bool has_plain_names() {
  for (const auto& field : T::eventstore_facts())
    if (!field.attributes.was.empty() || field.attributes.has(flattened)) return false;
  return true;
}

/// Whether each name belongs to one field: those of today, the earlier ones, and those of flattened records.
template <class T> constexpr bool has_a_field_for_each_name() {
  if constexpr (has_plain_names<T>())
    return true;
  else
    return EachField<T, AccessorsOf<T>>::names([](std::string_view name) { return readers_of<T>(name) == 1; });
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
