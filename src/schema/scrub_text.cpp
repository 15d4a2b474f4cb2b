#include "scrub_text.hpp"

#include <boost/locale/utf.hpp>

#include <array>
#include <vector>

namespace eventstore::inline v1 {
namespace {

namespace utf = boost::locale::utf;
using Utf8 = utf::utf_traits<char>;

// Characters that may stand for one another. All of a class take the same number of bytes.
struct CharacterClass {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t start;  // what stands at a text's first place

  [[nodiscard]] constexpr bool has(std::uint32_t point) const { return point >= first && point <= last; }
  [[nodiscard]] constexpr std::uint32_t count() const {
    return last - first + 1 - (has(surrogates_first) ? surrogates_count : 0);
  }
  [[nodiscard]] constexpr std::uint32_t at(std::size_t place) const {
    const auto offset = static_cast<std::uint32_t>((start - first + place % count()) % count());
    const auto point = first + offset;
    return has(surrogates_first) && point >= surrogates_first ? point + surrogates_count : point;
  }

  static constexpr std::uint32_t surrogates_first = 0xD800;
  static constexpr std::uint32_t surrogates_count = 0x800;
};

constexpr std::array<CharacterClass, 6> classes{{{'a', 'z', 'a'},
                                                 {'A', 'Z', 'A'},
                                                 {'0', '9', '0'},
                                                 {0x80, 0x7FF, 0xE0},
                                                 {0x800, 0xFFFF, 0x4E00},
                                                 {0x10000, 0x10FFFF, 0x1F600}}};

const CharacterClass* class_of(std::uint32_t point) {
  for (const auto& each : classes)
    if (each.has(point)) return &each;
  return nullptr;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string scrub_text(std::string_view text, std::size_t ordinal) {
  std::vector<std::uint32_t> points;
  for (const auto* at = text.data(); at != text.data() + text.size();) {
    const auto point = Utf8::decode(at, text.data() + text.size());
    points.push_back(point == utf::illegal || point == utf::incomplete ? '?' : point);
  }
  // The number is counted in the places that have a class, the last one first.
  for (auto place = points.size(); place-- > 0;) {
    const auto* const its_class = class_of(points[place]);
    if (its_class == nullptr) continue;
    points[place] = its_class->at(place + ordinal % its_class->count());
    ordinal /= its_class->count();
  }
  std::string scrubbed;
  scrubbed.reserve(text.size());
  for (const auto point : points) Utf8::encode(point, std::back_inserter(scrubbed));
  return scrubbed;
}

std::string scrub_number_text(std::string_view number) {
  std::string scrubbed{number};
  const auto digits_end = number.find_first_of("eE");
  bool significant = false;  // zeros in front of the first other digit say how large the number is
  char next = '1';
  for (std::size_t i = 0; i < std::min(digits_end, number.size()); ++i) {
    if (!is_digit(number[i])) continue;
    significant = significant || number[i] != '0';
    if (!significant) continue;
    scrubbed[i] = next;
    next = next == '9' ? '1' : static_cast<char>(next + 1);
  }
  return scrubbed;
}

std::string ScrubbedNames::scrub(std::string_view name) {
  if (const auto known = known_.find(name); known != known_.end()) return known->second;
  auto& count = of_shape_[scrub_text(name)];
  return known_.emplace(name, scrub_text(name, count++)).first->second;
}

}  // namespace eventstore::inline v1
