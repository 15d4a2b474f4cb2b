#pragma once
// From the declaration of unique values to functions that read them from a state.
#include <eventstore/aggregate/any_state.hpp>
#include <eventstore/aggregate/unique.hpp>
#include <eventstore/schema/secret.hpp>
#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// One declaration of es::unique. Threads: immutable.
struct UniqueField {
  std::string name;  ///< of the field; of several, joined by `+`
  /// The values of the fields in a state, normalised; empty where the state claims nothing.
  std::function<std::vector<std::string>(const AnyState& state)> values;
};

namespace detail {

template <class T>
inline constexpr bool is_unique_field = std::is_same_v<T, std::string> || std::is_same_v<T, Secret> ||
                                        std::is_same_v<T, Uuid> || DescribedEnum<T> ||
                                        (std::is_integral_v<T> && !std::is_same_v<T, bool>);
template <class T> inline constexpr bool is_unique_field<std::optional<T>> = is_unique_field<T>;

template <class T> std::string unique_text(const T& value) {
  if constexpr (std::is_same_v<T, std::string>)
    return value;
  else if constexpr (std::is_same_v<T, Secret>)
    return value.reveal();
  else if constexpr (std::is_same_v<T, Uuid>)
    return value.is_nil() ? std::string{} : value.to_string();
  else if constexpr (DescribedEnum<T>)
    return std::string{to_string(value)};
  else
    return std::to_string(value);
}
template <class T> std::string unique_text(const std::optional<T>& value) {
  return value ? unique_text(*value) : std::string{};
}

template <class Pointer> struct UniqueMember;
template <class Object, class Value> struct UniqueMember<Value Object::*> {
  using object = Object;
  using value = std::remove_const_t<Value>;
};

template <class T> inline constexpr bool is_unique = false;
template <auto... Fields> inline constexpr bool is_unique<Unique<Fields...>> = true;
template <class T> inline constexpr bool is_uniques = is_unique<T>;
template <class... T> inline constexpr bool is_uniques<std::tuple<T...>> = (is_unique<T> && ...);

template <class A>
concept DeclaresUnique = requires {
  A::unique;
};
template <class A>
concept DeclaresDeleted = requires {
  &A::is_deleted;
};
template <class A>
concept TellsDeleted = requires {
  static_cast<bool (*)(const typename A::State&)>(&A::is_deleted);
};

template <class A> constexpr std::string_view collection_of() {
  if constexpr (requires {
                  { A::collection } -> std::convertible_to<std::string_view>;
                })
    return A::collection;
  else
    return A::category;
}

// The name of a claim's stream has room for so much besides the code.
inline constexpr std::size_t unique_name_bytes_max = 130;

template <class State, auto Field> constexpr std::string_view unique_name() {
  return State::eventstore_facts()[field_index<Field, State>()].name;
}

template <class A, auto... Fields> constexpr bool check_unique_fields(const Unique<Fields...>*) {
  using State = typename A::State;
  constexpr bool are_its = (std::is_same_v<typename UniqueMember<decltype(Fields)>::object, State> && ...);
  static_assert(are_its, "es::unique names fields of the aggregate's own State");
  static_assert((is_unique_field<typename UniqueMember<decltype(Fields)>::value> && ...),
                "a unique field is a text, an es::Secret, an es::Uuid, a whole number, an enum of EVENTSTORE_ENUM, or "
                "a std::optional of one of these");
  if constexpr (are_its)
    static_assert(collection_of<A>().size() + (unique_name<State, Fields>().size() + ...) + sizeof...(Fields) <=
                      unique_name_bytes_max,
                  "the collection and the unique fields have at most 130 characters together, because their names are "
                  "part of a stream's name");
  return true;
}
template <class A, class... T> constexpr bool check_unique_fields(const std::tuple<T...>*) {
  return (check_unique_fields<A>(static_cast<const T*>(nullptr)) && ...);
}

// Fails to compile with advice where the aggregate's unique values are declared wrongly; true otherwise.
template <class A> constexpr bool check_unique() {
  if constexpr (DeclaresUnique<A>) {
    using Declared = std::remove_cvref_t<decltype(A::unique)>;
    static_assert(
        is_uniques<Declared>,
        "declare a unique value as `static constexpr auto unique = es::unique<&State::email>();`, and several "
        "as a std::tuple of these");
    if constexpr (is_uniques<Declared>) check_unique_fields<A>(static_cast<const Declared*>(nullptr));
  }
  static_assert(!DeclaresDeleted<A> || TellsDeleted<A>,
                "say when an aggregate is deleted by `static bool is_deleted(const State&)`");
  return true;
}

template <class A, auto... Fields> UniqueField unique_field(const Unique<Fields...>& declared) {
  using State = typename A::State;
  UniqueField field;
  ((field.name += (field.name.empty() ? "" : "+") + std::string{unique_name<State, Fields>()}), ...);
  field.values = [declared](const AnyState& any) {
    const auto& state = *any.as<State>();
    std::vector<std::string> values;
    if constexpr (DeclaresDeleted<A>)
      if (A::is_deleted(state)) return values;
    std::size_t index = 0;
    const auto add = [&](std::string text) {
      const auto normalise = declared.normalise[index++];
      if (!text.empty()) text = normalise(text);
      if (text.empty()) return false;
      values.push_back(std::move(text));
      return true;
    };
    if (!(add(unique_text(state.*Fields)) && ...)) values.clear();
    return values;
  };
  return field;
}
template <class A, auto... Fields> std::vector<UniqueField> unique_fields(const Unique<Fields...>& declared) {
  return {unique_field<A>(declared)};
}
template <class A, class... T> std::vector<UniqueField> unique_fields(const std::tuple<T...>& declared) {
  return std::apply([](const auto&... each) { return std::vector<UniqueField>{unique_field<A>(each)...}; }, declared);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
