#include <eventstore/core/detail/utf8.hpp>

#include <boost/locale/utf.hpp>

#include <algorithm>

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

constexpr bool is_control(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

}  // namespace

bool is_utf8(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii || every_code_point(text, [](std::uint32_t) { return true; });
}

bool is_printable_utf8(std::string_view text) {
  return every_code_point(text, [](std::uint32_t point) { return !is_control(point); });
}

}  // namespace v1
}  // namespace eventstore
