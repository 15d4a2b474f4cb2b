#pragma once
// Categories that were renamed: `static constexpr auto was = es::was("shipment");` in the aggregate.
//
// Stored streams keep their names. The stream `shipment-7` takes new events under its name, and holds the aggregate 7
// of today's category. Only an aggregate that has no stream yet begins one under today's name. An aggregate that was
// renamed twice lists both: `static constexpr std::array was{es::was("parcel"), es::was("shipment")};`
#include <array>
#include <concepts>
#include <eventstore/schema/attributes.hpp>
#include <string_view>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T>
concept WasOneName = requires {
  { &T::was } -> std::convertible_to<const Attributes*>;
};
template <class T>
concept WasSeveralNames = requires {
  { T::was.data() } -> std::convertible_to<const Attributes*>;
};

/// The earlier names of the category A, in the order of their list.
template <class A> constexpr auto former_categories() {
  if constexpr (WasOneName<A>) {
    return std::array{A::was.was};
  } else if constexpr (WasSeveralNames<A>) {
    std::array<std::string_view, A::was.size()> names{};
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = A::was[i].was;
    return names;
  } else {
    return std::array<std::string_view, 0>{};
  }
}

/// Whether `category` is A's name, or an earlier one.
template <class A> constexpr bool is_category_of(std::string_view category) {
  if (category == A::category) return true;
  for (const auto former : former_categories<A>())
    if (category == former) return true;
  return false;
}

// The same rule as in StreamId.
constexpr bool is_category_name(std::string_view name) {
  for (const char c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
  return !name.empty() && name.size() <= 64;
}

// Where the name is no constant expression, StreamId refuses it at run time.
template <class A>
concept NamesNoCategory = requires {
  requires !is_category_name(A::category);
};

template <class A> constexpr bool former_categories_are_names() {
  for (const auto former : former_categories<A>())
    if (!is_category_name(former)) return false;
  return true;
}

template <class A> constexpr bool former_categories_are_others() {
  const auto names = former_categories<A>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == A::category) return false;
    for (std::size_t j = i + 1; j < names.size(); ++j)
      if (names[i] == names[j]) return false;
  }
  return true;
}

template <class A> constexpr bool check_former_categories() {
  if constexpr (requires { A::was; })
    static_assert(WasOneName<A> || WasSeveralNames<A>,
                  "an earlier name of the category is written `static constexpr auto was = es::was(\"shipment\");`");
  static_assert(former_categories_are_names<A>(),
                "an earlier name of the category that no category can have: 1 to 64 of a to z, 0 to 9 and _, as it "
                "stands before the `-` of its streams");
  static_assert(former_categories_are_others<A>(),
                "an earlier name of the category that is today's, or is listed twice: keep each name once");
  return true;
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
