#pragma once
// Whether text is well-formed UTF-8, and whether all of it can be seen.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Well-formed as RFC 3629 has it: shortest form, no surrogates, at most U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

/// A character that nobody sees, and its first byte's place in the text.
struct HiddenCharacter {
  std::uint32_t code_point;
  std::size_t offset;

  /// "U+202E at byte 3".
  [[nodiscard]] std::string describe() const;
};

/// The first character of `text`, which is UTF-8, that is not printed, or that changes how others are: controls (C0,
/// DEL, C1), separators of lines and paragraphs, and what Unicode 15 calls default-ignorable, such as zero-width spaces
/// and marks that turn the direction of writing. Variation selectors too: two names must not look the same.
[[nodiscard]] std::optional<HiddenCharacter> find_hidden(std::string_view text);

/// `text` with all of it to be seen, for a terminal: blanks for controls, and `\u{202e}` for other hidden characters,
/// but for the joiners and selectors that emoji and some scripts are written with.
[[nodiscard]] std::string made_visible(std::string_view text);

/// is_utf8, and nothing in it is hidden.
[[nodiscard]] bool is_printable_utf8(std::string_view text);

}  // namespace v1
}  // namespace eventstore
