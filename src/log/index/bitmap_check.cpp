#include "bitmap_check.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace eventstore::engine {
namespace {

constexpr std::uint32_t cookie_without_runs = 12346;
constexpr std::uint32_t cookie_with_runs = 12347;
constexpr std::size_t containers_for_offsets = 4;  // with runs, fewer have no offsets
constexpr std::size_t containers_max = 65536;
constexpr std::size_t array_count_max = 4096;
constexpr std::size_t bitset_bytes = 8192;

// Takes numbers off the front; once there are too few, everything it gives is 0 and is_short stays set.
class Numbers {
 public:
  explicit Numbers(BytesView bytes) : bytes_{bytes} {}
  template <class T> T take() {
    T number = 0;
    const auto from = take_bytes(sizeof number);
    if (!from.empty()) std::memcpy(&number, from.data(), sizeof number);
    return number;
  }
  BytesView take_bytes(std::size_t count) {
    is_short_ = is_short_ || count > bytes_.size();
    if (is_short_) return {};
    const auto taken = bytes_.first(count);
    bytes_ = bytes_.subspan(count);
    return taken;
  }
  [[nodiscard]] bool is_short() const { return is_short_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

 private:
  BytesView bytes_;
  bool is_short_ = false;
};

std::uint16_t number_at(BytesView bytes, std::size_t which) {
  std::uint16_t number = 0;
  std::memcpy(&number, bytes.data() + which * sizeof number, sizeof number);
  return number;
}

// Each of the following checks one container with `count` values, and gives its last value; -1 where it is not whole.
constexpr std::int64_t not_whole = -1;

std::int64_t check_array(Numbers& numbers, std::size_t count) {
  const auto values = numbers.take_bytes(count * sizeof(std::uint16_t));
  if (values.empty()) return not_whole;
  for (std::size_t i = 1; i < count; ++i)
    if (number_at(values, i) <= number_at(values, i - 1)) return not_whole;
  return number_at(values, count - 1);
}

std::int64_t check_bitset(Numbers& numbers, std::size_t count) {
  const auto words = numbers.take_bytes(bitset_bytes);
  if (words.empty()) return not_whole;
  std::size_t found = 0;
  std::int64_t last = not_whole;
  for (std::size_t i = 0; i < bitset_bytes; i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, words.data() + i, sizeof word);
    found += static_cast<std::size_t>(std::popcount(word));
    if (word != 0) last = static_cast<std::int64_t>(i * 8) + 63 - std::countl_zero(word);
  }
  return found == count ? last : not_whole;
}

std::int64_t check_runs(Numbers& numbers, std::size_t count) {
  const std::size_t runs = numbers.take<std::uint16_t>();
  const auto pairs = numbers.take_bytes(runs * 2 * sizeof(std::uint16_t));
  if (pairs.empty()) return not_whole;
  std::size_t found = 0;
  std::int64_t last = -2;  // the first run may begin at 0
  for (std::size_t i = 0; i < runs; ++i) {
    const std::int64_t first = number_at(pairs, 2 * i);
    const std::int64_t more = number_at(pairs, 2 * i + 1);
    if (first <= last + 1) return not_whole;  // runs that touch would be one
    last = first + more;
    if (last > 0xFFFF) return not_whole;
    found += static_cast<std::size_t>(more) + 1;
  }
  return found == count ? last : not_whole;
}

struct Head {
  std::size_t containers = 0;
  BytesView is_run{};  // a bit a container; empty: none is
  BytesView keys{};    // key and count - 1 of each
  bool has_offsets = true;
};

Head read_head(Numbers& numbers) {
  Head head;
  const auto cookie = numbers.take<std::uint32_t>();
  if ((cookie & 0xFFFF) == cookie_with_runs) {
    head.containers = (cookie >> 16) + 1;
    head.is_run = numbers.take_bytes((head.containers + 7) / 8);
    head.has_offsets = head.containers >= containers_for_offsets;
  } else if (cookie == cookie_without_runs) {
    head.containers = numbers.take<std::uint32_t>();
  } else {
    head.containers = containers_max + 1;
  }
  if (head.containers <= containers_max) head.keys = numbers.take_bytes(head.containers * 4);
  return head;
}

bool check_offsets(Numbers& numbers, const Head& head, std::size_t total) {
  if (!head.has_offsets) return true;
  Numbers offsets{numbers.take_bytes(head.containers * 4)};
  auto containers = numbers;
  for (std::size_t i = 0; i < head.containers && !containers.is_short(); ++i) {
    if (offsets.take<std::uint32_t>() != total - containers.left()) return false;
    const std::size_t count = std::size_t{number_at(head.keys, 2 * i + 1)} + 1;
    const bool is_run = !head.is_run.empty() && (std::to_integer<unsigned>(head.is_run[i / 8]) >> i % 8 & 1) != 0;
    if (is_run)
      containers.take_bytes(std::size_t{containers.take<std::uint16_t>()} * 4);
    else
      containers.take_bytes(count > array_count_max ? bitset_bytes : count * 2);
  }
  return !containers.is_short() && !offsets.is_short();
}

}  // namespace

bool is_roaring_bitmap(BytesView bytes, std::uint64_t end) {
  Numbers numbers{bytes};
  const auto head = read_head(numbers);
  if (numbers.is_short() || head.containers > containers_max || !check_offsets(numbers, head, bytes.size()))
    return false;
  for (std::size_t i = 0; i < head.containers; ++i) {
    const auto key = number_at(head.keys, 2 * i);
    if (i > 0 && key <= number_at(head.keys, 2 * (i - 1))) return false;
    const std::size_t count = std::size_t{number_at(head.keys, 2 * i + 1)} + 1;
    const bool is_run = !head.is_run.empty() && (std::to_integer<unsigned>(head.is_run[i / 8]) >> i % 8 & 1) != 0;
    const auto last = is_run                    ? check_runs(numbers, count)
                      : count > array_count_max ? check_bitset(numbers, count)
                                                : check_array(numbers, count);
    if (last == not_whole) return false;
    if ((std::uint64_t{key} << 16) + static_cast<std::uint64_t>(last) >= end) return false;
  }
  return !numbers.is_short() && numbers.left() == 0;
}

}  // namespace eventstore::engine
