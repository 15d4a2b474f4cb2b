#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace eventstore {
inline namespace v1 {
namespace predicate {
namespace {

// Insertions, deletions and changes that make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const auto changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, changed});
    }
  }
  return row.back();
}

}  // namespace

std::string joined(const std::vector<std::string_view>& words) {
  constexpr std::size_t shown = 24;
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < shown; ++i) text += (i == 0 ? "" : ", ") + std::string{words[i]};
  return words.size() > shown ? text + ", …" : text;
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& words) {
  std::string_view best;
  auto least = word.size() / 3 + 2;  // from here on, words are not alike
  if (word.size() > 200) return {};
  for (const auto one : words)
    if (const auto far = distance(word, one); far < least) {
      least = far;
      best = one;
    }
  return best;
}

std::string choice(std::string_view word, const std::vector<std::string_view>& words) {
  if (const auto like = nearest(word, words); !like.empty()) return fmt::format(": did you mean {}?", like);
  return words.empty() ? "" : fmt::format("; there are {}", joined(words));
}

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
