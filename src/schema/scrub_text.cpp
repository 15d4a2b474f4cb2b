#include "scrub_text.hpp"

#include <boost/locale/utf.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace {

namespace utf = boost::locale::utf;
using Utf8 = utf::utf_traits<char>;

// Characters that may stand for one another. All of a class take the same number of bytes.
struct CharacterClass {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t start;  // the character at a text's first place

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

constexpr const CharacterClass& lower = classes[0];
constexpr const CharacterClass& capital = classes[1];
constexpr const CharacterClass& digit = classes[2];

bool is_letter(std::uint32_t point) { return lower.has(point) || capital.has(point); }
bool is_word(std::uint32_t point) { return is_letter(point) || digit.has(point); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

using Points = std::span<const std::uint32_t>;
using Classes = std::vector<const CharacterClass*>;

// A word of ASCII letters and digits. Where an id has letters and where digits is nearly the id itself, and where a
// token has capitals likewise, so of mixed words only that they are mixed stays.
void add_word(Points word, Classes& to) {
  const auto all = [&](auto is_it) { return std::all_of(word.begin(), word.end(), is_it); };
  if (all([](auto point) { return digit.has(point); })) return to.resize(to.size() + word.size(), &digit);
  if (all([](auto point) { return capital.has(point); })) return to.resize(to.size() + word.size(), &capital);
  const auto first = to.size();
  to.resize(first + word.size(), &lower);
  if (!all(is_letter))
    to.back() = &digit;
  else if (capital.has(word.front()))
    to[first] = &capital;
}

// The class of the character at each place; null if the character stays.
Classes classes_of(Points points) {
  Classes found;
  while (found.size() < points.size()) {
    const auto rest = points.subspan(found.size());
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_word);
    if (end != rest.begin()) {
      add_word({rest.begin(), end}, found);
      continue;
    }
    const auto place =
        std::find_if(classes.begin(), classes.end(), [&](const auto& each) { return each.has(rest[0]); });
    found.push_back(place == classes.end() ? nullptr : &*place);
  }
  return found;
}

}  // namespace

std::string scrub_text(std::string_view text, std::size_t ordinal) {
  std::vector<std::uint32_t> points;
  for (const auto* at = text.data(); at != text.data() + text.size();) {
    const auto point = Utf8::decode(at, text.data() + text.size());
    points.push_back(point == utf::illegal || point == utf::incomplete ? '?' : point);
  }
  const auto found = classes_of(points);
  // The number is counted in the places that have a class, the last one first.
  for (auto place = points.size(); place-- > 0;) {
    const auto* const its_class = found[place];
    if (its_class == nullptr) continue;
    points[place] = its_class->at(place + ordinal % its_class->count());
    ordinal /= its_class->count();
  }
  std::string scrubbed;
  scrubbed.reserve(text.size());
  for (const auto point : points) Utf8::encode(point, std::back_inserter(scrubbed));
  if (ordinal != 0) scrubbed += std::to_string(ordinal);
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
  // Names that are not of one shape may come to the same one.
  auto& count = of_shape_[scrub_text(name)];
  auto made_up = scrub_text(name, count++);
  while (!used_.insert(made_up).second) made_up = scrub_text(name, count++);
  return known_.emplace(name, std::move(made_up)).first->second;
}

}  // namespace v1
}  // namespace eventstore
