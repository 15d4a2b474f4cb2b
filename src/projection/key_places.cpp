#include <eventstore/projection/detail/key_places.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace detail {
namespace {

constexpr std::size_t first_entries = 64;

std::uint64_t hash_of(std::string_view key) { return std::hash<std::string_view>{}(key); }

}  // namespace

std::size_t KeyPlaces::find(const std::vector<DocumentWrite>& writes, std::string_view key) const {
  if (used_ == 0) return none;
  return entries_[entry_of(writes, hash_of(key), key)].place;
}

void KeyPlaces::set(const std::vector<DocumentWrite>& writes, std::size_t place) {
  if (used_ * 2 >= entries_.size()) grow();
  const std::string_view key = writes[place].key;
  const auto hash = hash_of(key);
  auto& entry = entries_[entry_of(writes, hash, key)];
  if (entry.place == none) ++used_;
  entry = {hash, place};
}

void KeyPlaces::clear() {
  if (used_ != 0) std::ranges::fill(entries_, Entry{0});
  used_ = 0;
}

// The entry of the key, or the free one where it belongs.
std::size_t KeyPlaces::entry_of(const std::vector<DocumentWrite>& writes, std::uint64_t hash,
                                std::string_view key) const {
  const auto mask = entries_.size() - 1;
  auto at = hash & mask;
  while (entries_[at].place != none && (entries_[at].hash != hash || writes[entries_[at].place].key != key))
    at = (at + 1) & mask;
  return at;
}

void KeyPlaces::grow() {
  std::vector<Entry> larger(std::max(first_entries, entries_.size() * 2), Entry{0});
  const auto mask = larger.size() - 1;
  for (const auto& entry : entries_) {
    if (entry.place == none) continue;
    auto at = entry.hash & mask;
    while (larger[at].place != none) at = (at + 1) & mask;
    larger[at] = entry;
  }
  entries_ = std::move(larger);
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
