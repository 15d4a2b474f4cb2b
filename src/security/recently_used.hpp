#pragma once
// Private to the layer: a bounded map that forgets what was not used for the longest time.
#include <cstddef>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

namespace eventstore::security {

/// Threads: one at a time.
template <class Key, class Value, class Hash = std::hash<Key>> class RecentlyUsed {
 public:
  explicit RecentlyUsed(std::size_t entries_max) : entries_max_{entries_max} {}

  /// Null: it is not there. Lifetime: until the next put or clear.
  const Value* find(const Key& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  /// What is forgotten for it, or replaced by it.
  std::optional<Value> put(const Key& key, Value value) {
    if (find(key) != nullptr) return std::exchange(entries_.front().second, std::move(value));
    entries_.emplace_front(key, std::move(value));
    places_.emplace(key, entries_.begin());
    if (entries_.size() <= entries_max_) return std::nullopt;
    std::optional<Value> forgotten{std::move(entries_.back().second)};
    places_.erase(entries_.back().first);
    entries_.pop_back();
    return forgotten;
  }

  void clear() {
    places_.clear();
    entries_.clear();
  }

  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  using Entries = std::list<std::pair<Key, Value>>;

  std::size_t entries_max_;
  Entries entries_;  // the last used first
  std::unordered_map<Key, typename Entries::iterator, Hash> places_;
};

}  // namespace eventstore::security
