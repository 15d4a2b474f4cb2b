#include "list_edit.hpp"

#include <algorithm>
#include <cstdint>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t cells_max = 1'000'000;

// The parts of the two lists between their equal beginning and their equal end.
struct Middle {
  std::size_t before_begin, before_end, after_begin, after_end;
};

Middle middle_of(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  const auto shorter = std::min(before.size(), after.size());
  std::size_t prefix = 0;
  while (prefix < shorter && before[prefix] == after[prefix]) ++prefix;
  std::size_t suffix = 0;
  while (suffix < shorter - prefix && before[before.size() - 1 - suffix] == after[after.size() - 1 - suffix]) ++suffix;
  return {prefix, before.size() - suffix, prefix, after.size() - suffix};
}

// Lengths of the longest common subsequences of all ends of the two middles.
class Lengths {
 public:
  Lengths(const std::vector<std::string>& before, const std::vector<std::string>& after, const Middle& middle)
      : middle_{middle}, width_{middle.after_end - middle.after_begin + 1} {
    cells_.resize((middle.before_end - middle.before_begin + 1) * width_);
    for (auto i = middle.before_end; i-- > middle.before_begin;)
      for (auto j = middle.after_end; j-- > middle.after_begin;)
        cell(i, j) = before[i] == after[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
  }
  [[nodiscard]] std::uint32_t at(std::size_t i, std::size_t j) const {
    return cells_[(i - middle_.before_begin) * width_ + (j - middle_.after_begin)];
  }

 private:
  std::uint32_t& cell(std::size_t i, std::size_t j) {
    return cells_[(i - middle_.before_begin) * width_ + (j - middle_.after_begin)];
  }
  const Middle middle_;
  const std::size_t width_;
  std::vector<std::uint32_t> cells_;
};

// Gathers what lies between equal elements.
class Gaps {
 public:
  explicit Gaps(const Middle& middle) : before_{middle.before_begin}, after_{middle.after_begin} {}

  // All up to these places is left between two equal elements, which stand there.
  void close(std::size_t before, std::size_t after) {
    for (; before_ < before && after_ < after; ++before_, ++after_) edit_.placed.push_back({after_, before_});
    for (; before_ < before; ++before_) edit_.removed.push_back(before_);
    for (; after_ < after; ++after_) edit_.placed.push_back({after_, {}});
    before_ = before + 1;
    after_ = after + 1;
  }
  ListEdit take() && {
    std::reverse(edit_.removed.begin(), edit_.removed.end());
    return std::move(edit_);
  }

 private:
  ListEdit edit_{};
  std::size_t before_;
  std::size_t after_;
};

}  // namespace

ListEdit edit_between(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  const auto middle = middle_of(before, after);
  const auto olds = middle.before_end - middle.before_begin;
  const auto news = middle.after_end - middle.after_begin;
  Gaps gaps{middle};
  if (olds != 0 && news != 0 && olds <= cells_max / news) {
    const Lengths lengths{before, after, middle};
    for (auto i = middle.before_begin, j = middle.after_begin; i < middle.before_end && j < middle.after_end;) {
      if (before[i] == after[j])
        gaps.close(i++, j++);
      else
        ++(lengths.at(i + 1, j) >= lengths.at(i, j + 1) ? i : j);
    }
  } else {
    for (std::size_t i = 0; i < std::min(olds, news); ++i)
      if (before[middle.before_begin + i] == after[middle.after_begin + i])
        gaps.close(middle.before_begin + i, middle.after_begin + i);
  }
  gaps.close(middle.before_end, middle.after_end);
  return std::move(gaps).take();
}

}  // namespace v1
}  // namespace eventstore
