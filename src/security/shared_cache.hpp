#pragma once
// Private to the layer: what many threads keep of a generation, in parts with a lock each, so that they seldom meet.
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "recently_used.hpp"

namespace eventstore::security {

/// What was kept in a generation is forgotten in a later one. Threads: any. Generations of one caller never go back.
template <class Key, class Value, class Hash = std::hash<Key>> class SharedCache {
 public:
  explicit SharedCache(std::size_t entries_max) {
    const auto count = entries_max < parts_max * parts_max ? 1 : parts_max;
    for (std::size_t i = 0; i < count; ++i) parts_.push_back(std::make_unique<Part>(entries_max / count));
  }

  std::optional<Value> find(const Key& key, std::uint64_t generation) {
    auto& part = part_of(key);
    const std::lock_guard lock{part.mutex};
    if (!part.keep_up(generation)) return std::nullopt;
    const auto* const found = part.entries.find(key);
    return found == nullptr ? std::nullopt : std::optional{*found};
  }

  /// Left alone where a later generation has begun.
  void put(const Key& key, Value value, std::uint64_t generation) {
    auto& part = part_of(key);
    std::optional<Value> forgotten;  // it is freed without the lock
    const std::lock_guard lock{part.mutex};
    if (part.keep_up(generation)) forgotten = part.entries.put(key, std::move(value));
  }

 private:
  struct Part {
    explicit Part(std::size_t entries_max) : entries{entries_max} {}

    // Whether it is of this generation.
    bool keep_up(std::uint64_t now) {
      if (now > generation) {
        generation = now;
        entries.clear();
      }
      return now == generation;
    }

    std::mutex mutex;  // guards everything below
    std::uint64_t generation = 0;
    RecentlyUsed<Key, Value, Hash> entries;
  };

  static constexpr std::size_t parts_max = 8;

  Part& part_of(const Key& key) { return *parts_[(Hash{}(key) >> 8U) % parts_.size()]; }

  std::vector<std::unique_ptr<Part>> parts_{};
};

}  // namespace eventstore::security
