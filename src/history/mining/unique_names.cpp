#include "unique_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

// As SQL compares names: letters of ASCII alone.
std::string folded(std::string text) {
  for (auto& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return text;
}

}  // namespace

std::string UniqueNames::take(std::string_view name) {
  std::string clean{name.empty() ? "_" : name};
  std::replace_if(
      clean.begin(), clean.end(), [](unsigned char letter) { return letter < 0x20 || letter == 0x7F; }, '_');
  auto free = clean;
  for (int number = 2; !taken_.insert(folded(free)).second; ++number) free = fmt::format("{}_{}", clean, number);
  return free;
}

}  // namespace v1
}  // namespace eventstore
