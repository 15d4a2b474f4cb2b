#include "xml_text.hpp"

#include <boost/locale/utf.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace eventstore::app {
namespace {

using Utf8 = boost::locale::utf::utf_traits<char>;
using boost::locale::utf::code_point;

constexpr std::string_view replacement = "\xEF\xBF\xBD";

constexpr bool is_whole(code_point point) {
  return point != boost::locale::utf::illegal && point != boost::locale::utf::incomplete;
}

constexpr bool is_xml(code_point point) {
  if (point < 0x20) return point == '\t' || point == '\n' || point == '\r';
  return point != 0xFFFE && point != 0xFFFF;
}

// Of the letters of all scripts those that every edition of XML 1.0 takes in names, or nearly: first and last.
constexpr std::array<std::pair<code_point, code_point>, 9> letters{{{'A', 'Z'},
                                                                    {'a', 'z'},
                                                                    {'_', '_'},
                                                                    {0xC0, 0xD6},
                                                                    {0xD8, 0xF6},
                                                                    {0xF8, 0x131},
                                                                    {0x134, 0x13E},
                                                                    {0x141, 0x148},
                                                                    {0x14A, 0x17E}}};

constexpr bool is_letter(code_point point) {
  return std::any_of(letters.begin(), letters.end(),
                     [point](const auto& range) { return point >= range.first && point <= range.second; }) ||
         (point >= 0x410 && point <= 0x44F) || (point >= 0x4E00 && point <= 0x9FA5) ||
         (point >= 0xAC00 && point <= 0xD7A3);
}

constexpr bool is_name_part(code_point point) {
  return is_letter(point) || (point >= '0' && point <= '9') || point == '-' || point == '.';
}

}  // namespace

std::uint64_t append_xml_value(std::string& out, std::string_view text) {
  std::uint64_t replaced = 0;
  const auto* at = text.data();
  const auto* const end = at + text.size();
  while (at != end) {
    const auto* const begin = at;
    const auto point = Utf8::decode(at, end);
    if (!is_whole(point) || !is_xml(point)) {
      out += replacement;
      ++replaced;
      if (at == begin) ++at;
      continue;
    }
    switch (point) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      case '\t': out += "&#9;"; break;
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      default: out.append(begin, at);
    }
  }
  return replaced;
}

std::string xml_name(std::string_view name) {
  std::string out;
  const auto* at = name.data();
  const auto* const end = at + name.size();
  while (at != end) {
    const auto* const begin = at;
    const auto point = Utf8::decode(at, end);
    if (at == begin) ++at;
    const bool is_good = is_whole(point) && is_name_part(point);
    if (out.empty() && !(is_good && is_letter(point))) out += '_';
    if (is_good)
      out.append(begin, at);
    else if (out != "_" || begin != name.data())
      out += '_';
  }
  return out.empty() ? "_" : out;
}

}  // namespace eventstore::app
