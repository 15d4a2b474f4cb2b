#include <eventstore/core/detail/utf8.hpp>

#include <fmt/format.h>
#include <boost/locale/utf.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace {

template <class Accept> bool every_code_point(std::string_view text, Accept accept) {
  using Utf8 = boost::locale::utf::utf_traits<char>;
  const auto* at = text.data();
  const auto* const end = at + text.size();
  while (at != end) {
    const auto point = Utf8::decode(at, end);
    if (point == boost::locale::utf::illegal || point == boost::locale::utf::incomplete || !accept(point)) return false;
  }
  return true;
}

// First and last of each range. Source: the property Default_Ignorable_Code_Point of Unicode 15, and the controls.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 21> hidden_ranges{{
    {0x0, 0x1F},          {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},
    {0x115F, 0x1160},     {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F},     {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB},     {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}, {0xFFFE, 0xFFFF},
    {0x10FFFE, 0x10FFFF},
}};

constexpr bool is_hidden(std::uint32_t point) {
  if (point >= 0x20 && point < 0x7F) return false;
  return std::any_of(hidden_ranges.begin(), hidden_ranges.end(),
                     [point](const auto& range) { return point >= range.first && point <= range.second; });
}

// Joiners, selectors, and the tags of flags.
constexpr bool belongs_to_text(std::uint32_t point) {
  return point == 0x200C || point == 0x200D || (point >= 0xFE00 && point <= 0xFE0F) ||
         (point >= 0xE0020 && point <= 0xE007F);
}

}  // namespace

bool is_utf8(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii || every_code_point(text, [](std::uint32_t) { return true; });
}

std::string HiddenCharacter::describe() const { return fmt::format("U+{:04X} at byte {}", code_point, offset); }

std::optional<HiddenCharacter> find_hidden(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) return std::nullopt;
  std::optional<HiddenCharacter> found;
  std::size_t offset = 0;
  every_code_point(text, [&](std::uint32_t point) {
    if (is_hidden(point)) found = {point, offset};
    offset += static_cast<std::size_t>(boost::locale::utf::utf_traits<char>::width(point));
    return !found;
  });
  return found;
}

std::string made_visible(std::string_view text) {
  std::string shown;
  while (const auto hidden = find_hidden(text)) {
    const auto bytes = static_cast<std::size_t>(boost::locale::utf::utf_traits<char>::width(hidden->code_point));
    shown += text.substr(0, hidden->offset);
    if (belongs_to_text(hidden->code_point))
      shown += text.substr(hidden->offset, bytes);
    else
      shown += hidden->code_point < 0xA0 ? " " : fmt::format("\\u{{{:04x}}}", hidden->code_point);
    text.remove_prefix(hidden->offset + bytes);
  }
  return shown.append(text);
}

bool is_printable_utf8(std::string_view text) { return is_utf8(text) && !find_hidden(text); }

}  // namespace v1
}  // namespace eventstore
