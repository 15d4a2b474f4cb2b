#pragma once
// The types that a field may have, as one answer while compiling. DescribeType has a sentence for each wrong type.
#include <array>
#include <boost/hana/pair.hpp>
#include <boost/hana/tuple.hpp>
#include <eventstore/core/bytes.hpp>
#include <eventstore/schema/detail/duration.hpp>
#include <eventstore/schema/enum.hpp>
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

struct Json;
class Secret;
struct Timestamp;
struct Uuid;

namespace detail {

// Described, for headers below the concept of that name.
template <class T>
concept HasFields = requires {
  T::eventstore_facts();
};

template <class T> using AccessorsOf = decltype(T::hana_accessors_impl::apply());

template <class Accessors> inline constexpr bool take_no_bytes = true;

// Whether a T is written as no bytes at all.
template <class T> constexpr bool takes_no_bytes() {
  if constexpr (HasFields<T>)
    return take_no_bytes<AccessorsOf<T>>;
  else
    return false;
}
template <class... Index, class... Access>
inline constexpr bool take_no_bytes<boost::hana::tuple<boost::hana::pair<Index, Access>...>> =
    (takes_no_bytes<typename Access::value_type>() && ...);

template <class T> constexpr bool may_be_in_a_set() {
  return std::is_integral_v<T> || DescribedEnum<T> || DurationField<T> || std::is_same_v<T, std::string> ||
         std::is_same_v<T, Uuid> || std::is_same_v<T, Timestamp>;
}

template <class T> constexpr bool is_plain_field() {
  if constexpr (std::is_arithmetic_v<T>)
    return sizeof(T) <= 8;
  else if constexpr (DurationField<T>)
    return DurationUnit<T>::is_whole && DurationUnit<T>::place < unit_nanoseconds.size();
  else
    return DescribedEnum<T> || HasFields<T>;
}

/// Whether a field may be a T. A described struct answers for its own fields.
template <class T> inline constexpr bool is_field_type = is_plain_field<T>();
template <> inline constexpr bool is_field_type<std::string> = true;
template <> inline constexpr bool is_field_type<Bytes> = true;
template <> inline constexpr bool is_field_type<Uuid> = true;
template <> inline constexpr bool is_field_type<Timestamp> = true;
template <> inline constexpr bool is_field_type<Json> = true;
template <> inline constexpr bool is_field_type<Secret> = true;
template <class T> inline constexpr bool is_field_type<std::optional<T>> = is_field_type<T>;
template <class T> inline constexpr bool is_field_type<std::vector<T>> = is_field_type<T> && !takes_no_bytes<T>();
template <class T> inline constexpr bool is_field_type<List<T>> = is_field_type<T> && !takes_no_bytes<T>();
template <class T> inline constexpr bool is_field_type<std::map<std::string, T>> = is_field_type<T>;
template <class T> inline constexpr bool is_field_type<PersistentMap<std::string, T>> = is_field_type<T>;
template <class T, std::size_t size>
inline constexpr bool is_field_type<std::array<T, size>> =
    is_field_type<T> && !takes_no_bytes<T>() && size > 0 && size <= array_elements_max;
template <class T> inline constexpr bool is_field_type<std::set<T>> = is_field_type<T>&& may_be_in_a_set<T>();
template <class... T> inline constexpr bool is_field_type<std::variant<T...>> = (HasFields<T> && ...);

template <class T> inline constexpr bool is_secret_type = std::is_same_v<T, Secret>;
template <class T> inline constexpr bool is_secret_type<std::optional<T>> = is_secret_type<T>;

/// Whether T{{}} is a T with an element, and not an empty T.
template <class T> inline constexpr bool holds_elements = requires { typename T::value_type; };
template <class T, std::size_t size> inline constexpr bool holds_elements<std::array<T, size>> = false;

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
