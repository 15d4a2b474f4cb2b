#pragma once
// A map in order whose copies share what they have in common.
#include <concepts>
#include <eventstore/schema/detail/map_difference.hpp>
#include <eventstore/schema/detail/map_order.hpp>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace eventstore {
inline namespace v1 {

/// Keys in order with a value each, used as a std::map is; with text keys it may be a field, and has the bytes, JSON
/// and schema of a std::map. Text is looked up without a copy: `find` takes a std::string_view.
///
/// A copy is free and shares everything. A change costs O(log n); it copies at most the few nodes on its way that
/// copies hold too, and none if there are no copies. So a state may keep a large map, and every version of it may be
/// kept. Entries are read in place and changed by `map[key]` and `insert_or_assign`, because a copy may have the same
/// entry.
///
/// Errors: a change throws std::bad_alloc or what the constructors of K and V throw, and then the map is as it was
/// before, unless said otherwise. Copying, moving, comparing and destroying throw nothing of their own.
/// Lifetime: iterators and references are good until the map changes or is destroyed.
/// Threads: as a std::shared_ptr: any thread may use its own map, whatever it shares with maps of other threads.
template <class K, class V> class PersistentMap {
  using Tree = detail::Tree<std::pair<K, V>>;
  using Order = detail::MapOrder<K>;
  using Probe = typename Order::Probe;  // a std::string_view or a const K&

 public:
  using key_type = K;
  using mapped_type = V;
  using value_type = std::pair<K, V>;  ///< iterators show it as const
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = const value_type&;
  using const_reference = const value_type&;
  using const_iterator = detail::TreeIterator<value_type>;
  using iterator = const_iterator;  ///< as of a std::set: entries are not changed through it
  using const_reverse_iterator = std::reverse_iterator<const_iterator>;
  using reverse_iterator = const_reverse_iterator;

  PersistentMap() = default;
  PersistentMap(std::initializer_list<value_type> entries) : PersistentMap(entries.begin(), entries.end()) {}
  /// Of two entries with one key, the first counts. Cost: O(1) an entry where they come in order.
  template <std::input_iterator Iterator> PersistentMap(Iterator first, Iterator last) { insert(first, last); }

  [[nodiscard]] size_type size() const noexcept { return tree_.size(); }
  [[nodiscard]] bool empty() const noexcept { return tree_.size() == 0; }

  [[nodiscard]] const_iterator begin() const { return tree_.begin(); }
  [[nodiscard]] const_iterator end() const { return tree_.end(); }
  [[nodiscard]] const_iterator cbegin() const { return begin(); }
  [[nodiscard]] const_iterator cend() const { return end(); }
  [[nodiscard]] const_reverse_iterator rbegin() const { return const_reverse_iterator{end()}; }
  [[nodiscard]] const_reverse_iterator rend() const { return const_reverse_iterator{begin()}; }

  [[nodiscard]] const_iterator find(Probe key) const {
    const auto found = find_path(key);
    return found.is_there ? tree_.iterator_at(found.path) : end();
  }
  [[nodiscard]] bool contains(Probe key) const { return find_path(key).is_there; }
  [[nodiscard]] size_type count(Probe key) const { return contains(key) ? 1 : 0; }
  /// Throws std::out_of_range if the key is missing.
  [[nodiscard]] const V& at(Probe key) const {
    const auto found = find_path(key);
    if (!found.is_there) throw std::out_of_range{"Map::at: there is no such key"};
    return found.path.leaf->entries()[found.path.at].second;
  }
  /// The first entry whose key is not before `key`.
  [[nodiscard]] const_iterator lower_bound(Probe key) const { return tree_.iterator_at(find_path(key).path); }
  /// The first entry whose key is behind `key`.
  [[nodiscard]] const_iterator upper_bound(Probe key) const {
    const auto found = find_path(key);
    auto place = tree_.iterator_at(found.path);
    if (found.is_there) ++place;
    return place;
  }

  /// The value of the key, to be changed; V{} where the key is new. The reference is good for writing until the map is
  /// copied or changed next: after a copy, both would see what is written.
  V& operator[](Probe key) { return place_of(key, key); }
  template <std::same_as<K> Key> V& operator[](Key&& key) { return place_of(key, std::move(key)); }

  /// Makes the value from `arguments` if the key is new. The result: the entry, and whether it is new.
  template <class... Arguments> std::pair<const_iterator, bool> try_emplace(Probe key, Arguments&&... arguments) {
    return emplace_at(key, key, std::forward<Arguments>(arguments)...);
  }
  template <std::same_as<K> Key, class... Arguments>
  std::pair<const_iterator, bool> try_emplace(Key&& key, Arguments&&... arguments) {
    return emplace_at(key, std::move(key), std::forward<Arguments>(arguments)...);
  }
  /// As try_emplace.
  template <class Key, class Value> std::pair<const_iterator, bool> emplace(Key&& key, Value&& value) {
    return try_emplace(std::forward<Key>(key), std::forward<Value>(value));
  }
  std::pair<const_iterator, bool> insert(value_type entry) {
    return try_emplace(std::move(entry.first), std::move(entry.second));
  }
  /// Inserts each entry whose key is new. What was inserted before one that throws stays.
  template <std::input_iterator Iterator> void insert(Iterator first, Iterator last) {
    for (; first != last; ++first) {
      const auto& [key, value] = *first;
      if (is_behind_all(key))
        tree_.add(key, value);
      else
        try_emplace(key, value);
    }
  }
  /// The result: the entry, and whether it is new.
  template <class Value> std::pair<const_iterator, bool> insert_or_assign(Probe key, Value&& value) {
    return assign_at(key, key, V(std::forward<Value>(value)));
  }
  template <std::same_as<K> Key, class Value>
  std::pair<const_iterator, bool> insert_or_assign(Key&& key, Value&& value) {
    return assign_at(key, std::move(key), V(std::forward<Value>(value)));
  }
  /// insert_or_assign for keys that mostly come in order. Cost: O(1) behind all others.
  void append_or_assign(K key, V value) {
    if (is_behind_all(key))
      tree_.add(std::move(key), std::move(value));
    else
      insert_or_assign(std::move(key), std::move(value));
  }

  /// How many entries were erased: 0 or 1.
  size_type erase(Probe key) {
    auto found = find_path(key);
    if (found.is_there) tree_.erase(found.path);
    return found.is_there ? 1 : 0;
  }
  /// The result stands behind the erased entry.
  const_iterator erase(const_iterator place) {
    const auto index = static_cast<size_type>(place - begin());
    auto path = tree_.find(index);
    tree_.erase(path);
    return tree_.iterator_at(index);
  }
  void clear() noexcept { PersistentMap{}.swap(*this); }

  void swap(PersistentMap& other) noexcept { tree_.swap(other.tree_); }
  friend void swap(PersistentMap& a, PersistentMap& b) noexcept { a.swap(b); }

  /// Cost: O(entries that are not shared).
  friend bool operator==(const PersistentMap& a, const PersistentMap& b) {
    std::equal_to<value_type> equal;
    return a.size() == b.size() &&
           detail::common_elements<detail::Way::forward>(a.tree_, b.tree_, a.size(), equal) == a.size();
  }

  /// Calls `found(key, const V* before, const V* after)` for each key that was added (`before` is null), removed
  /// (`after` is null), or whose values are not `equal`, in order. Throws what the two throw. Lifetime: the pointers
  /// are good during the call. Cost: O(n) and at most one call of `equal` a key; where one map came from the other by c
  /// changes, O(c log n), because nodes in common are passed by.
  template <class Found, class Equal = std::equal_to<>>
  friend void for_each_difference(const PersistentMap& before, const PersistentMap& after, Found&& found,
                                  Equal equal = {}) {
    detail::for_each_difference<Order>(before.tree_, after.tree_, found, equal);
  }

  /// Erases the entries for which `is_bad` is true; the result is their number. Cost: O(n), or O(e log n) if only e
  /// entries go. Throws what `is_bad` throws, too.
  template <class Predicate> friend size_type erase_if(PersistentMap& map, Predicate is_bad) {
    auto changed = map;
    size_type index = 0;
    for (const value_type& entry : map) {
      if (!is_bad(entry)) {
        ++index;
        continue;
      }
      auto path = changed.tree_.find(index);
      changed.tree_.erase(path);
    }
    map.swap(changed);
    return changed.size() - map.size();
  }

 private:
  [[nodiscard]] typename Tree::Found find_path(Probe key) const {
    return tree_.find_ordered([&](const value_type& entry) { return Order::of(entry.first, key); });
  }
  [[nodiscard]] bool is_behind_all(Probe key) const { return empty() || Order::of(tree_.last().first, key) < 0; }

  template <class Key> V& place_of(Probe key, Key&& owned) {
    auto found = find_path(key);
    if (found.is_there) return tree_.edit(found.path).second;
    return tree_
        .insert(found.path, value_type{std::piecewise_construct, std::forward_as_tuple(std::forward<Key>(owned)),
                                       std::forward_as_tuple()})
        .second;
  }
  template <class Key, class... Arguments>
  std::pair<const_iterator, bool> emplace_at(Probe key, Key&& owned, Arguments&&... arguments) {
    auto found = find_path(key);
    if (!found.is_there)
      tree_.insert(found.path, value_type{std::piecewise_construct, std::forward_as_tuple(std::forward<Key>(owned)),
                                          std::forward_as_tuple(std::forward<Arguments>(arguments)...)});
    return {tree_.iterator_at(found.path), !found.is_there};
  }
  template <class Key> std::pair<const_iterator, bool> assign_at(Probe key, Key&& owned, V value) {
    auto found = find_path(key);
    if (found.is_there)
      tree_.edit(found.path).second = std::move(value);
    else
      tree_.insert(found.path, value_type{std::forward<Key>(owned), std::move(value)});
    return {tree_.iterator_at(found.path), !found.is_there};
  }

  Tree tree_;
};

namespace detail {

template <class... Types> struct MapOf;
template <class V> struct MapOf<V> { using type = PersistentMap<std::string, V>; };
template <class K, class V> struct MapOf<K, V> { using type = PersistentMap<K, V>; };

}  // namespace detail

/// `es::Map<V>` has text keys. A field's type has no comma outside parentheses, so fields are written
/// `(es::Map<int64_t>, counts)`. `es::Map<K, V>` is for use outside of fields.
template <class... Types> using Map = typename detail::MapOf<Types...>::type;

}  // namespace v1
}  // namespace eventstore
