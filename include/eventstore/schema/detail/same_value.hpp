#pragma once
// Whether two values would have the same bytes.
#include <algorithm>
#include <array>
#include <cstring>
#include <eventstore/schema/described.hpp>
#include <eventstore/schema/list.hpp>
#include <eventstore/schema/map.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace detail {

template <class T> struct SameValue;

template <class T> bool same_value(const T& a, const T& b) { return SameValue<T>::of(a, b); }

inline constexpr auto is_same_value = [](const auto& a, const auto& b) { return same_value(a, b); };

// A floating number by its bits: NaN is the same as itself, and 0 is another value than -0.
template <class T> struct SameValue {
  static bool of(const T& a, const T& b) {
    if constexpr (Described<T>)
      return boost::hana::unpack(boost::hana::accessors<T>(), [&](auto... access) {
        return (same_value(boost::hana::second(access)(a), boost::hana::second(access)(b)) && ...);
      });
    else if constexpr (std::is_floating_point_v<T>)
      return std::memcmp(&a, &b, sizeof a) == 0;
    else
      return a == b;
  }
};

template <class T> struct SameValue<std::optional<T>> {
  static bool of(const std::optional<T>& a, const std::optional<T>& b) {
    return a.has_value() == b.has_value() && (!a || same_value(*a, *b));
  }
};
template <class T> struct SameValue<std::vector<T>> {
  static bool of(const std::vector<T>& a, const std::vector<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_same_value);
  }
};
template <class T, std::size_t size> struct SameValue<std::array<T, size>> {
  static bool of(const std::array<T, size>& a, const std::array<T, size>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), is_same_value);
  }
};
template <class T> struct SameValue<List<T>> {
  static bool of(const List<T>& a, const List<T>& b) {
    return a.size() == b.size() && common_prefix(a, b, is_same_value) == a.size();
  }
};
template <class V> struct SameValue<std::map<std::string, V>> {
  static bool of(const std::map<std::string, V>& a, const std::map<std::string, V>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
      return one.first == other.first && same_value(one.second, other.second);
    });
  }
};
template <class V> struct SameValue<PersistentMap<std::string, V>> {
  static bool of(const PersistentMap<std::string, V>& a, const PersistentMap<std::string, V>& b) {
    bool same = a.size() == b.size();
    if (same)
      for_each_difference(
          a, b, [&](const auto&, const V*, const V*) { same = false; }, is_same_value);
    return same;
  }
};
template <class... T> struct SameValue<std::variant<T...>> {
  static bool of(const std::variant<T...>& a, const std::variant<T...>& b) {
    if (a.index() != b.index()) return false;
    return std::visit([&]<class Held>(const Held& held) { return same_value(held, std::get<Held>(b)); }, a);
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
