#pragma once
// How a Value reads an object of a C++ type: one constant table a type.
#include <array>
#include <eventstore/schema/detail/describe.hpp>
#include <eventstore/schema/value.hpp>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace detail {

struct ValueField {
  const void* (*address)(const void* record);
  const ValueTable* table;
};

// Kinds that lie in memory in one form, numbers and text, have no function.
struct ValueTable {
  Kind kind;
  std::span<const ValueField> fields{};                          // of a record
  std::int64_t (*count)(const void*) = nullptr;                  // of a duration
  std::size_t (*size)(const void*) = nullptr;                    // elements; of a variant, its alternative's place
  std::string_view (*name)(const void*) = nullptr;               // of an enumeration
  Value (*at)(const void*, std::size_t index) = nullptr;         // an element; of an optional or a variant, the content
  Value (*find)(const void*, std::string_view key) = nullptr;    // of a map
  bool (*each)(const void*, const Value::OnElement&) = nullptr;  // elements or entries
};

template <class T> struct ValueTableOf;
template <class T> inline constexpr ValueTable value_table = ValueTableOf<T>::make();
template <class T> Value value_of(const T& object) { return {&object, value_table<T>}; }

template <class T> const T& object_at(const void* object) { return *static_cast<const T*>(object); }

template <class Record, auto Member> const void* member_address(const void* record) {
  return &(object_at<Record>(record).*Member);
}
template <class Record, class Accessors> struct ValueFieldsOf;
template <class Record, class... Index, class... Access>
struct ValueFieldsOf<Record, boost::hana::tuple<boost::hana::pair<Index, Access>...>> {
  static constexpr std::array<ValueField, sizeof...(Access)> fields{
      ValueField{&member_address<Record, Access::pointer>, &value_table<typename Access::value_type>}...};
};

template <class T> struct ValueTableOf {
  static constexpr ValueTable make() {
    if constexpr (std::is_arithmetic_v<T>)
      return {.kind = number_kind<T>()};
    else if constexpr (DescribedEnum<T>)
      return {.kind = Kind::enumeration, .name = [](const void* object) { return to_string(object_at<T>(object)); }};
    else
      return {.kind = Kind::record, .fields = ValueFieldsOf<T, AccessorsOf<T>>::fields};
  }
};

template <Kind kind> struct PlainValueTable {
  static constexpr ValueTable make() { return {.kind = kind}; }
};
template <> struct ValueTableOf<std::string> : PlainValueTable<Kind::text> {};
template <> struct ValueTableOf<Bytes> : PlainValueTable<Kind::bytes> {};
template <> struct ValueTableOf<Uuid> : PlainValueTable<Kind::uuid> {};
template <> struct ValueTableOf<Timestamp> : PlainValueTable<Kind::timestamp> {};
template <> struct ValueTableOf<Secret> : PlainValueTable<Kind::secret_text> {};
template <> struct ValueTableOf<Json> : PlainValueTable<Kind::json> {};
template <DurationField T> struct ValueTableOf<T> {
  static constexpr ValueTable make() {
    return {.kind = duration_kind<T>(),
            .count = [](const void* object) { return static_cast<std::int64_t>(object_at<T>(object).count()); }};
  }
};

template <class T> struct ValueTableOf<std::optional<T>> {
  static constexpr ValueTable make() {
    return {.kind = Kind::optional, .at = [](const void* object, std::size_t) {
              const auto& optional = object_at<std::optional<T>>(object);
              return optional ? value_of(*optional) : Value{};
            }};
  }
};

template <class Sequence, Kind kind> struct SequenceValueTable {
  using Element = typename Sequence::value_type;
  static std::size_t size(const void* object) { return object_at<Sequence>(object).size(); }
  static Value at(const void* object, std::size_t index) { return value_of(object_at<Sequence>(object)[index]); }
  static bool each(const void* object, const Value::OnElement& visit) {
    for (const Element& element : object_at<Sequence>(object))
      if (!visit({}, value_of(element))) return false;
    return true;
  }
  static constexpr ValueTable make() {
    if constexpr (kind == Kind::set)
      return {.kind = kind, .size = &size, .each = &each};
    else
      return {.kind = kind, .size = &size, .at = &at, .each = &each};
  }
};
template <class T> struct ValueTableOf<List<T>> : SequenceValueTable<List<T>, Kind::list> {};
template <class T>
requires(!std::is_same_v<T, std::byte>) struct ValueTableOf<std::vector<T>>
    : SequenceValueTable<std::vector<T>, Kind::list> {
};
template <class T, std::size_t count>
struct ValueTableOf<std::array<T, count>> : SequenceValueTable<std::array<T, count>, Kind::array> {};
template <class T> struct ValueTableOf<std::set<T>> : SequenceValueTable<std::set<T>, Kind::set> {};

template <class Map> struct MapValueTable {
  static std::size_t size(const void* object) { return object_at<Map>(object).size(); }
  static Value find(const void* object, std::string_view key) {
    const auto& map = object_at<Map>(object);
    const auto found = [&] {
      if constexpr (std::is_same_v<Map, std::map<std::string, typename Map::mapped_type>>)
        return map.find(std::string{key});
      else
        return map.find(key);
    }();
    return found == map.end() ? Value{} : value_of(found->second);
  }
  static bool each(const void* object, const Value::OnElement& visit) {
    for (const auto& [key, value] : object_at<Map>(object))
      if (!visit(key, value_of(value))) return false;
    return true;
  }
  static constexpr ValueTable make() { return {.kind = Kind::map, .size = &size, .find = &find, .each = &each}; }
};
template <class V> struct ValueTableOf<PersistentMap<std::string, V>> : MapValueTable<PersistentMap<std::string, V>> {};
template <class V> struct ValueTableOf<std::map<std::string, V>> : MapValueTable<std::map<std::string, V>> {};

template <class... Alternatives> struct ValueTableOf<std::variant<Alternatives...>> {
  using Variant = std::variant<Alternatives...>;
  static constexpr ValueTable make() {
    return {.kind = Kind::variant,
            .size = [](const void* object) { return object_at<Variant>(object).index(); },
            .at =
                [](const void* object, std::size_t) {
                  return std::visit([](const auto& held) { return value_of(held); }, object_at<Variant>(object));
                }};
  }
};

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
