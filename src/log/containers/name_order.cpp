#include "name_order.hpp"

#include <algorithm>
#include <cstring>

namespace eventstore::engine {
namespace {

constexpr std::size_t key_bytes = sizeof(std::uint64_t);
constexpr std::ptrdiff_t few = 16;  // not worth another round of keys

struct Keyed {
  std::uint64_t key = 0;
  std::uint32_t number = 0;
};

// Eight bytes of the name as a number that compares like them; zeros where the name has ended.
std::uint64_t key_at(std::string_view name, std::size_t depth) {
  if (name.size() >= depth + key_bytes) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, name.data() + depth, key_bytes);
    return __builtin_bswap64(bytes);
  }
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < key_bytes; ++i)
    key = key << 8 | (depth + i < name.size() ? static_cast<unsigned char>(name[depth + i]) : 0U);
  return key;
}

class NameSort {
 public:
  explicit NameSort(std::span<const std::string_view> names) : names_{names} {}

  // Sorts names that are equal in their first `depth` bytes. Depth only grows with bytes that all of them have.
  void sort(std::span<Keyed> keyed, std::size_t depth) const {
    for (auto& one : keyed) one.key = key_at(names_[one.number], depth);
    std::sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
    for (auto first = keyed.begin(); first != keyed.end();) {
      const auto last = std::find_if(first, keyed.end(), [&](const Keyed& one) { return one.key != first->key; });
      if (last - first > 1) sort_alike({first, last}, depth + key_bytes);
      first = last;
    }
  }

 private:
  void sort_alike(std::span<Keyed> keyed, std::size_t depth) const {
    const bool goes_on =
        std::all_of(keyed.begin(), keyed.end(), [&](const Keyed& one) { return names_[one.number].size() >= depth; });
    if (goes_on && std::ssize(keyed) > few) return sort(keyed, depth);
    std::sort(keyed.begin(), keyed.end(),
              [&](const Keyed& a, const Keyed& b) { return names_[a.number] < names_[b.number]; });
  }

  const std::span<const std::string_view> names_;
};

}  // namespace

std::vector<std::uint32_t> name_order(std::span<const std::string_view> names) {
  std::vector<Keyed> keyed(names.size());
  for (std::size_t i = 0; i < keyed.size(); ++i) keyed[i].number = static_cast<std::uint32_t>(i);
  NameSort{names}.sort(keyed, 0);
  std::vector<std::uint32_t> order;
  order.reserve(keyed.size());
  for (const auto& one : keyed) order.push_back(one.number);
  return order;
}

}  // namespace eventstore::engine
