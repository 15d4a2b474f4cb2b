#include "missing_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t value_bytes_max = 1000;
constexpr std::size_t paths_max = 100;  // a list may lack a field in each of its elements

}  // namespace

std::string shown_value(std::string_view value) {
  if (value.size() <= value_bytes_max) return std::string{value};
  auto end = value_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;  // not within a character
  return std::string{value.substr(0, end)} + "…";
}

std::string also_missing(std::span<const std::string> paths) {
  if (paths.empty()) return {};
  auto text = fmt::format("; also missing: {}", fmt::join(paths.first(std::min(paths.size(), paths_max)), ", "));
  if (paths.size() > paths_max) text += fmt::format(" and {} more", paths.size() - paths_max);
  return text;
}

std::string describe_missing(std::span<const std::string> paths) {
  return "missing field" + also_missing(paths.subspan(1));
}

}  // namespace v1
}  // namespace eventstore
