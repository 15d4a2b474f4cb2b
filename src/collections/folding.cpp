#include "folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <memory>
#include <new>
#include <unordered_map>

namespace eventstore {
inline namespace v1 {
namespace {

UScriptCode script_of(UChar32 letter) {
  UErrorCode code = U_ZERO_ERROR;
  return uscript_getScript(letter, &code);
}

template <class Visit> void each_letter(const icu::UnicodeString& text, Visit visit) {
  for (std::int32_t at = 0; at < text.length();) {
    const auto letter = text.char32At(at);
    visit(letter);
    at += U16_LENGTH(letter);
  }
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char32_t folded_ascii(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c - U'A' + U'a';
  return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') ? c : U' ';
}

// Accents, and the points of Hebrew and Arabic that are mostly left out in writing. Other marks are vowels and tones of
// their scripts, or make another letter (й, が), and stay.
bool is_accent(UChar32 mark) {
  switch (ublock_getCode(mark)) {
    case UBLOCK_COMBINING_DIACRITICAL_MARKS:
    case UBLOCK_COMBINING_DIACRITICAL_MARKS_EXTENDED:
    case UBLOCK_COMBINING_DIACRITICAL_MARKS_SUPPLEMENT:
    case UBLOCK_COMBINING_MARKS_FOR_SYMBOLS:
    case UBLOCK_COMBINING_HALF_MARKS:
    case UBLOCK_HEBREW:
    case UBLOCK_ARABIC:
    case UBLOCK_ARABIC_SUPPLEMENT:
    case UBLOCK_ARABIC_EXTENDED_A:
    case UBLOCK_ARABIC_EXTENDED_B: return true;
    default: return false;
  }
}

// Letters that are written one for the other; they are no accents by Unicode's tables.
UChar32 written_for(UChar32 letter) {
  switch (letter) {
    case 0x0450:                 // ѐ
    case 0x0451: return 0x0435;  // ё
    case 0x045D: return 0x0438;  // ѝ
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671: return 0x0627;  // alef with madda, hamza, wasla
    case 0x06A9: return 0x0643;  // keheh
    case 0x06CC: return 0x064A;  // Farsi yeh
    default: return letter;
  }
}

// What ICU's rules for Latin write for a letter, in lower case: ł is l, þ is th. Made once, of all letters that the
// rules know.
class LatinLetters {
 public:
  static const Result<LatinLetters>& get() {
    static const Result<LatinLetters> letters = make();
    return letters;
  }

  void append(UChar32 letter, std::u32string& to) const {
    const auto found = written_.find(letter);
    if (found == written_.end())
      to += static_cast<char32_t>(letter);
    else
      to += found->second;
  }

 private:
  static Result<LatinLetters> make() {
    UErrorCode code = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> rules{
        icu::Transliterator::createInstance("Latin-ASCII", UTRANS_FORWARD, code)};
    if (code == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc{};  // the next text tries again
    if (U_FAILURE(code))
      return failure(Errc::io_failed, "fold text", "Latin-ASCII",
                     std::string{"ICU cannot load these rules ("} + u_errorName(code) + "): install its data");
    LatinLetters letters;
    constexpr UChar32 last_of_plane = 0xFFFF;
    for (UChar32 letter = 0x80; letter <= last_of_plane; ++letter) {
      if (script_of(letter) != USCRIPT_LATIN) continue;
      icu::UnicodeString written{letter};
      rules->transliterate(written);
      std::u32string to;
      each_letter(written, [&](UChar32 each) { to += static_cast<char32_t>(u_tolower(each)); });
      if (to != std::u32string(1, static_cast<char32_t>(letter))) letters.written_.emplace(letter, std::move(to));
    }
    return letters;
  }

  std::unordered_map<UChar32, std::u32string> written_;
};

class Folder {
 public:
  Folder(const icu::Normalizer2& canonical, const LatinLetters& latin) : canonical_{canonical}, latin_{latin} {}

  std::u32string fold(const icu::UnicodeString& text) && {
    folded_.reserve(static_cast<std::size_t>(text.length()));
    each_letter(text, [&](UChar32 letter) { add(letter); });
    return std::move(folded_);
  }

 private:
  void append(UChar32 letter) { folded_ += static_cast<char32_t>(letter); }

  void add(UChar32 letter) {
    if (letter < 0x80) {
      folded_ += folded_ascii(static_cast<char32_t>(letter));
      return;
    }
    switch (u_charType(letter)) {
      case U_NON_SPACING_MARK:
      case U_ENCLOSING_MARK:
        if (!is_accent(letter)) append(letter);
        return;
      case U_DECIMAL_DIGIT_NUMBER: return append('0' + u_charDigitValue(letter));
      case U_MODIFIER_LETTER:
      case U_LOWERCASE_LETTER:
      case U_UPPERCASE_LETTER:
      case U_TITLECASE_LETTER:
      case U_OTHER_LETTER: return add_letter(letter);
      case U_COMBINING_SPACING_MARK:
      case U_LETTER_NUMBER:
      case U_OTHER_NUMBER:
      case U_PRIVATE_USE_CHAR: return append(letter);
      default: return append(' ');
    }
  }

  void add_letter(UChar32 letter) {
    constexpr UChar32 tatweel = 0x0640;  // draws an Arabic word out
    if (letter == tatweel) return;
    switch (script_of(letter)) {
      case USCRIPT_LATIN:
      case USCRIPT_GREEK: return add_base(letter);
      case USCRIPT_COMMON:
        // Apostrophes that are letters by their category, in the words of some languages: as other apostrophes.
        return append(ublock_getCode(letter) == UBLOCK_SPACING_MODIFIER_LETTERS ? ' ' : letter);
      default: return append(written_for(letter));
    }
  }

  // The letter without its accents.
  void add_base(UChar32 letter) {
    icu::UnicodeString parts;
    if (!canonical_.getDecomposition(letter, parts)) return latin_.append(letter, folded_);
    each_letter(parts, [&](UChar32 part) {
      if (!is_accent(part)) latin_.append(part, folded_);
    });
  }

  const icu::Normalizer2& canonical_;
  const LatinLetters& latin_;
  std::u32string folded_{};
};

Result<std::u32string> fold(std::string_view text) {
  const auto& latin = LatinLetters::get();
  if (!latin) return failure(Error{latin.error()});
  UErrorCode code = U_ZERO_ERROR;
  const auto* const compatible = icu::Normalizer2::getNFKCCasefoldInstance(code);
  const auto* const canonical = icu::Normalizer2::getNFDInstance(code);
  icu::UnicodeString letters;
  if (U_SUCCESS(code))
    letters = compatible->normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}),
                                    code);
  if (U_FAILURE(code) || letters.isBogus()) return failure(Errc::out_of_memory, "fold text", "", u_errorName(code));
  return Folder{*canonical, *latin}.fold(letters);
}

}  // namespace

Result<std::u32string> folded(std::string_view text) {
  text = text.substr(0, folded_bytes_max);
  if (!is_ascii(text)) return fold(text);
  std::u32string letters(text.size(), U' ');
  std::transform(text.begin(), text.end(), letters.begin(),
                 [](char c) { return folded_ascii(static_cast<unsigned char>(c)); });
  return letters;
}

bool is_unspaced(char32_t folded_letter) {
  const auto letter = static_cast<UChar32>(folded_letter);
  constexpr UChar32 first_unspaced = 0x0E00;  // Thai
  if (letter < first_unspaced) return false;
  switch (script_of(letter)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_HANGUL: return true;
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:  // the long vowel ー and other marks of both syllabaries
      if (uscript_hasScript(letter, USCRIPT_KATAKANA) != 0) return true;
      break;
    default: break;
  }
  return u_getIntPropertyValue(letter, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ||
         u_hasBinaryProperty(letter, UCHAR_IDEOGRAPHIC) != 0;
}

std::string folding_version() {
  UVersionInfo version;
  u_getVersion(version);
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(version, text);
  return std::string{"ICU "} + text;
}

}  // namespace v1
}  // namespace eventstore
