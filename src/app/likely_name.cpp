#include "likely_name.hpp"

#include <algorithm>
#include <numeric>

namespace eventstore::app {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// How many characters have to be put in, taken out or replaced, whatever their case (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const auto replaced = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string>& names) {
  constexpr std::size_t longest = 200;  // no name is longer
  const std::string* likely = nullptr;
  auto nearest = word.size() / 3 + 1;
  for (const auto& name : names) {
    if (word.size() > longest) break;
    const auto here = distance(word, name);
    if (here > nearest || (likely != nullptr && here == nearest)) continue;
    likely = &name;
    nearest = here;
  }
  return likely == nullptr ? std::string{} : "did you mean " + *likely + "?";
}

}  // namespace eventstore::app
