#pragma once
// Random choices that are the same for the same seed on every machine: for generated histories and tests.
#include <cstdint>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The keys of the streams that were begun, by category.
using MadeUpKeys = std::map<std::string, std::vector<std::string>, std::less<>>;

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed, Timestamp now = Timestamp{}) : now_{now}, state_{seed} {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }
  /// From 0 up to `bound`, which is left out; 0 for a bound of 0.
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
  }
  /// True `percent` times in a hundred.
  bool chance(unsigned percent) { return below(100) < percent; }
  /// From 0 up to 1.
  double fraction() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

  template <class T> T pick(std::initializer_list<T> from) { return *(from.begin() + below(from.size())); }
  template <class T> const T& pick(const std::vector<T>& from) { return from[below(from.size())]; }
  Uuid uuid() {
    const auto high = next();  // one after the other: arguments of one call have no order
    return Uuid::v7(now_, high, next());
  }

  /// The time of the next made-up event.
  [[nodiscard]] Timestamp now() const { return now_; }
  void set_now(Timestamp now) { now_ = now; }

  /// The key of the stream whose history is made up.
  [[nodiscard]] const std::string& key() const { return key_; }
  void set_key(std::string key) { key_ = std::move(key); }

  /// The organization of that stream.
  [[nodiscard]] const std::string& organization() const { return organization_; }
  /// `keys` are those of the organization's streams; null where none are known. Lifetime: `keys` outlives the choices.
  void set_organization(std::string organization, const MadeUpKeys* keys = nullptr) {
    organization_ = std::move(organization);
    keys_ = keys;
  }
  /// The key of one of the organization's streams of `category`, so that histories name one another. None, and no
  /// choice made, where there is no such stream.
  [[nodiscard]] std::optional<std::string> key_of(std::string_view category) {
    if (keys_ == nullptr) return std::nullopt;
    const auto found = keys_->find(category);
    if (found == keys_->end() || found->second.empty()) return std::nullopt;
    return pick(found->second);
  }

 private:
  Timestamp now_;
  std::string key_;
  std::string organization_;
  const MadeUpKeys* keys_ = nullptr;
  std::uint64_t state_;
};

}  // namespace v1
}  // namespace eventstore
