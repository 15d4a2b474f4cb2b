#pragma once
// Fields that hold one of several described structs: std::variant, stored and shown by the alternative's name.
#include <array>
#include <eventstore/schema/described.hpp>
#include <eventstore/schema/type.hpp>
#include <string_view>
#include <variant>

namespace eventstore {
inline namespace v1 {

namespace detail {

// An event's and a command's stored name; else the struct's own.
template <class T> constexpr std::string_view alternative_name() {
  if constexpr (DescribedEvent<T>)
    return T::event_type;
  else if constexpr (DescribedCommand<T>)
    return T::command_name;
  else
    return T::eventstore_struct();
}

// Whether a member of that name stands in the struct's own JSON object.
template <class T> constexpr bool shows_member(std::string_view name) {
  constexpr auto facts = T::eventstore_facts();
  return boost::hana::unpack(boost::hana::accessors<T>(), [&](auto... accessor) {
    [[maybe_unused]] std::size_t index = 0;
    [[maybe_unused]] const auto shows = [&]<class Member>(const FieldFacts& field, const Member*) {
      if constexpr (Described<Member>)
        if (field.attributes.has(flattened)) return shows_member<Member>(name);
      return field.name == name;
    };
    return (shows(facts[index++],
                  static_cast<const typename std::remove_cvref_t<decltype(boost::hana::second(accessor))>::value_type*>(
                      nullptr)) ||
            ...);
  });
}

template <class... Alternatives> constexpr bool names_differ() {
  constexpr std::array<std::string_view, sizeof...(Alternatives)> names{alternative_name<Alternatives>()...};
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (names[i] == names[j]) return false;
  return true;
}

template <class... Alternatives> constexpr void check_alternatives() {
  constexpr bool described = (Described<Alternatives> && ...);
  static_assert(described,
                "a variant's alternatives are structs with EVENTSTORE_FIELDS: for no value use a std::optional of the "
                "variant, for a number or text a struct with one field");
  if constexpr (described) {
    static_assert(names_differ<Alternatives...>(), "two alternatives of a variant have one name: rename one struct");
    static_assert(!(shows_member<Alternatives>(alternative_member) || ...),
                  "a field of a variant's alternative is called kind, as the alternative's name is in JSON: rename it");
  }
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
