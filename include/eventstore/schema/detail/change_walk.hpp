#pragma once
// Two values of one type, side by side, with what they share passed by.
#include <algorithm>
#include <eventstore/schema/detail/change_writer.hpp>
#include <eventstore/schema/detail/describe.hpp>
#include <eventstore/schema/detail/same_value.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {
namespace detail {

using ChangeSide = ChangeWriter::Side;

template <class T> void ChangeWriter::value(Side side, std::string_view name, const Type& type, const T& value) {
  scratch_.clear();
  BytesOut archive{scratch_};
  archive(value);
  append(side, name, type);
}

template <class T>
void value_changes(ChangeWriter& to, std::string_view name, const Type& type, const T& before, const T& after);

// Calls visit(facts, field, member…) for each field, with the members of all `objects`.
template <class T, class Visit, class... Object>
void each_member(const Type& type, Visit visit, const T& first, const Object&... others) {
  static constexpr auto facts = T::eventstore_facts();
  boost::hana::unpack(boost::hana::accessors<T>(), [&](auto... access) {
    [[maybe_unused]] std::size_t index = 0;
    [[maybe_unused]] const auto one = [&](auto member) {
      visit(facts[index], type.fields[index], member(first), member(others)...);
      ++index;
    };
    (one(boost::hana::second(access)), ...);
  });
}

template <class T> void record_changes(ChangeWriter& to, const Type& type, const T& before, const T& after) {
  const auto one = [&]<class M>(const FieldFacts& facts, const Field& field, const M& was, const M& is) {
    if (!to.takes(facts.attributes)) return;
    if constexpr (Described<M>)
      if (facts.attributes.has(flattened)) return record_changes(to, field.type, was, is);
    value_changes(to, facts.name, field.type, was, is);
  };
  each_member(type, one, before, after);
}

// A field, or an entry of a map, as the type T has it.
template <class T> struct ValueChanges {
  static void write(ChangeWriter& to, std::string_view name, const Type& type, const T& before, const T& after) {
    if constexpr (Described<T>) {
      const auto place = to.enter(name);
      record_changes(to, type, before, after);
      to.leave(place);
    } else if (!same_value(before, after)) {
      to.value(ChangeSide::before, name, type, before);
      to.value(ChangeSide::after, name, type, after);
    }
  }
};

// With a value on both sides, it is compared as that value.
template <class T> struct ValueChanges<std::optional<T>> {
  static void write(ChangeWriter& to, std::string_view name, const Type& type, const std::optional<T>& before,
                    const std::optional<T>& after) {
    if (before && after) return value_changes(to, name, type.element(), *before, *after);
    if (!before && !after) return;
    to.value(ChangeSide::before, name, type, before);
    to.value(ChangeSide::after, name, type, after);
  }
};

template <class V>
void entry_changes(ChangeWriter& to, std::string_view key, const Type& type, const V* before, const V* after) {
  if (before != nullptr && after != nullptr) return value_changes(to, key, type, *before, *after);
  const auto one_side = [&](ChangeSide side, const V* value) {
    if (value == nullptr)
      to.missing(side, key, type);
    else
      to.value(side, key, type, *value);
  };
  one_side(ChangeSide::before, before);
  one_side(ChangeSide::after, after);
}

template <class Map> struct MapChanges {
  static void write(ChangeWriter& to, std::string_view name, const Type& type, const Map& before, const Map& after) {
    using V = typename Map::mapped_type;
    const auto place = to.enter(name);
    const auto found = [&](const std::string& key, const V* was, const V* is) {
      entry_changes(to, key, type.element(), was, is);
    };
    for_each_difference(before, after, found, is_same_value);
    to.leave(place);
  }
};
template <class V> struct ValueChanges<PersistentMap<std::string, V>> : MapChanges<PersistentMap<std::string, V>> {};
template <class V> struct ValueChanges<std::map<std::string, V>> : MapChanges<std::map<std::string, V>> {};

// The elements between the equal beginning and the equal end, each by its place.
template <class Sequence>
void list_changes(ChangeWriter& to, std::string_view name, const Type& type, const Sequence& before,
                  const Sequence& after, std::size_t prefix, std::size_t suffix) {
  const auto before_end = before.size() - suffix;
  const auto after_end = after.size() - suffix;
  const auto place = to.enter(name);
  for (auto i = prefix; i < std::max(before_end, after_end); ++i) {
    const auto index = std::to_string(i);
    const auto one_side = [&](ChangeSide side, const Sequence& list, std::size_t end) {
      if (i < end)
        to.value(side, index, type.element(), static_cast<const typename Sequence::value_type&>(list[i]));
      else
        to.missing(side, index, type.element());
    };
    one_side(ChangeSide::before, before, before_end);
    one_side(ChangeSide::after, after, after_end);
  }
  to.leave(place);
}

template <class T> struct ValueChanges<List<T>> {
  static void write(ChangeWriter& to, std::string_view name, const Type& type, const List<T>& before,
                    const List<T>& after) {
    const auto shorter = std::min(before.size(), after.size());
    const auto prefix = common_prefix(before, after, is_same_value);
    const auto suffix = common_suffix(before, after, shorter - prefix, is_same_value);
    list_changes(to, name, type, before, after, prefix, suffix);
  }
};

template <class T>
requires(!std::is_same_v<T, std::byte>) struct ValueChanges<std::vector<T>> {
  static void write(ChangeWriter& to, std::string_view name, const Type& type, const std::vector<T>& before,
                    const std::vector<T>& after) {
    const auto shorter = static_cast<std::ptrdiff_t>(std::min(before.size(), after.size()));
    const auto first = std::mismatch(before.begin(), before.begin() + shorter, after.begin(), is_same_value).first;
    const auto prefix = first - before.begin();
    const auto last =
        std::mismatch(before.rbegin(), before.rbegin() + (shorter - prefix), after.rbegin(), is_same_value).first;
    list_changes(to, name, type, before, after, static_cast<std::size_t>(prefix),
                 static_cast<std::size_t>(last - before.rbegin()));
  }
};

template <class T>
void value_changes(ChangeWriter& to, std::string_view name, const Type& type, const T& before, const T& after) {
  ValueChanges<T>::write(to, name, type, before, after);
}

// Whether `value` says no more than that nothing was set.
template <class T> bool is_blank(const T& value) {
  if constexpr (requires { value.has_value(); })
    return !value.has_value();
  else if constexpr (std::is_same_v<T, Json>)
    return value.text.empty();
  else if constexpr (requires { value.empty(); })
    return value.empty();
  else if constexpr (std::is_same_v<T, Timestamp> || std::is_same_v<T, Uuid>)
    return value == T{};
  else
    return false;
}

// The fields of `value` that are not blank, or that are blank although they begin with a value.
template <class T> void first_values(ChangeWriter& to, const Type& type, const T& value, const T& fresh) {
  const auto one = [&]<class M>(const FieldFacts& facts, const Field& field, const M& member, const M& fresh_member) {
    if (!to.takes(facts.attributes)) return;
    if constexpr (Described<M>) {
      if (facts.attributes.has(flattened)) return first_values(to, field.type, member, fresh_member);
      const auto place = to.enter_after(facts.name);
      first_values(to, field.type, member, fresh_member);
      to.leave_after(place);
    } else if (!is_blank(member) || !same_value(member, fresh_member)) {
      to.value(ChangeSide::after, facts.name, field.type, member);
    }
  };
  each_member(type, one, value, fresh);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
