#pragma once
// A list whose copies share what they have in common.
#include <eventstore/schema/detail/tree_walk.hpp>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <utility>

namespace eventstore {
inline namespace v1 {

/// Elements in a chosen order, used as a std::vector is; as a field it has a std::vector's bytes, JSON and schema.
///
/// A copy is free and shares everything. A change costs O(log n); it copies at most the few nodes on its way that
/// copies hold too, and none if there are no copies. So a state may keep a large list, and every version of it may be
/// kept. Elements are read in place and changed by `edit`, `assign` and the like, because a copy may have the same
/// element.
///
/// Errors: a change throws std::bad_alloc or what T's constructors throw, and then the list is as it was before, unless
/// said otherwise. Copying, moving, comparing and destroying throw nothing of their own.
/// Lifetime: iterators and references are good until the list changes or is destroyed.
/// Threads: as a std::shared_ptr: any thread may use its own list, whatever it shares with lists of other threads.
template <class T> class List {
  using Tree = detail::Tree<T>;

 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = const T&;
  using const_reference = const T&;
  using const_iterator = detail::TreeIterator<T>;
  using iterator = const_iterator;  ///< as of a std::set: elements are not changed through it
  using const_reverse_iterator = std::reverse_iterator<const_iterator>;
  using reverse_iterator = const_reverse_iterator;

  List() = default;
  List(std::initializer_list<T> elements) : List(elements.begin(), elements.end()) {}
  template <std::input_iterator Iterator> List(Iterator first, Iterator last) {
    for (; first != last; ++first) emplace_back(*first);
  }
  explicit List(size_type count, const T& element = T{}) {
    for (; count > 0; --count) emplace_back(element);
  }

  [[nodiscard]] size_type size() const noexcept { return tree_.size(); }
  [[nodiscard]] bool empty() const noexcept { return tree_.size() == 0; }

  /// Cost of the next five: O(log n), and O(1) for the first one of a small list. The place is there, or it is a bug,
  /// but for `at`, which throws std::out_of_range.
  [[nodiscard]] const T& operator[](size_type index) const { return tree_.at(index); }
  [[nodiscard]] const T& at(size_type index) const {
    if (index >= size()) throw std::out_of_range{"List::at: there is no such element"};
    return tree_.at(index);
  }
  [[nodiscard]] const T& front() const { return tree_.first(); }
  [[nodiscard]] const T& back() const { return tree_.last(); }
  /// The element, to be changed: `list.edit(3).notes = "late"`. The reference is good for writing until the list is
  /// copied or changed next: after a copy, both would see what is written.
  [[nodiscard]] T& edit(size_type index) {
    auto path = tree_.find(index);
    return tree_.edit(path);
  }

  [[nodiscard]] const_iterator begin() const { return tree_.begin(); }
  [[nodiscard]] const_iterator end() const { return tree_.end(); }
  [[nodiscard]] const_iterator cbegin() const { return begin(); }
  [[nodiscard]] const_iterator cend() const { return end(); }
  [[nodiscard]] const_reverse_iterator rbegin() const { return const_reverse_iterator{end()}; }
  [[nodiscard]] const_reverse_iterator rend() const { return const_reverse_iterator{begin()}; }

  /// The arguments may be of an element of this list. The reference is as that of `edit`.
  template <class... Arguments> T& emplace_back(Arguments&&... arguments) {
    return tree_.add(std::forward<Arguments>(arguments)...);
  }
  void push_back(const T& element) { tree_.add(element); }
  void push_back(T&& element) { tree_.add(std::move(element)); }
  void pop_back() { erase(size() - 1); }

  /// Puts `element` before the one at `index`; at size(): behind all.
  void insert(size_type index, T element) {
    auto path = tree_.find(index);
    tree_.insert(path, std::move(element));
  }
  /// The same before `place`; the result stands at the new element.
  const_iterator insert(const_iterator place, T element) {
    const auto index = static_cast<size_type>(place - begin());
    insert(index, std::move(element));
    return tree_.iterator_at(index);
  }
  void erase(size_type index) {
    auto path = tree_.find(index);
    tree_.erase(path);
  }
  /// The result stands behind what was erased.
  const_iterator erase(const_iterator place) {
    const auto index = static_cast<size_type>(place - begin());
    erase(index);
    return tree_.iterator_at(index);
  }
  /// Cost: O((last - first) log n).
  const_iterator erase(const_iterator first, const_iterator last) {
    const auto index = static_cast<size_type>(first - begin());
    const auto count = static_cast<size_type>(last - first);
    if (count == size()) {
      clear();
    } else if (count == 1) {
      erase(index);
    } else if (count > 0) {
      auto changed = *this;  // which takes no harm from a change that throws halfway
      for (auto i = count; i > 0; --i) changed.erase(index);
      swap(changed);
    }
    return tree_.iterator_at(index);
  }
  /// Puts `element` in the place of the one at `index`.
  void assign(size_type index, T element) {
    auto path = tree_.find(index);
    tree_.edit(path) = std::move(element);
  }
  template <std::input_iterator Iterator> void assign(Iterator first, Iterator last) { List(first, last).swap(*this); }
  void clear() noexcept { List{}.swap(*this); }

  void swap(List& other) noexcept { tree_.swap(other.tree_); }
  friend void swap(List& a, List& b) noexcept { a.swap(b); }

  /// Cost: O(elements that are not shared).
  friend bool operator==(const List& a, const List& b) {
    return a.size() == b.size() && common_prefix(a, b) == a.size();
  }

  /// How many elements are equal at the beginning of both. `equal` is called for pairs of elements that the lists do
  /// not share, up to the first pair that differs. Cost: where one list came from the other by few changes, O(log n)
  /// and the nodes in common before the first change.
  template <class Equal = std::equal_to<>>
  [[nodiscard]] friend size_type common_prefix(const List& a, const List& b, Equal equal = {}) {
    return detail::common_elements<detail::Way::forward>(a.tree_, b.tree_, a.size(), equal);
  }
  /// The same at the end, and at most `limit`: elements of the prefix need not be counted again. What was inserted or
  /// erased before the common end does not matter.
  template <class Equal = std::equal_to<>>
  [[nodiscard]] friend size_type common_suffix(const List& a, const List& b,
                                               size_type limit = std::numeric_limits<size_type>::max(),
                                               Equal equal = {}) {
    return detail::common_elements<detail::Way::backward>(a.tree_, b.tree_, limit, equal);
  }

  /// Erases the elements for which `is_bad` is true; the result is their number. Cost: O(n), or O(e log n) if only e
  /// elements go. Throws what `is_bad` throws, too.
  template <class Predicate> friend size_type erase_if(List& list, Predicate is_bad) {
    auto changed = list;
    size_type index = 0;
    for (const T& element : list) {
      if (is_bad(element))
        changed.erase(index);
      else
        ++index;
    }
    list.swap(changed);
    return changed.size() - list.size();
  }

 private:
  Tree tree_;
};

}  // namespace v1
}  // namespace eventstore
