#pragma once
// Private to aggregate: letters with marks, as one character where there is one.
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// `text` with each letter of Latin, Greek or Cyrillic script and the mark behind it as one character, as Unicode's
/// form NFC has them, by a table that never changes; all other bytes stay. Text in ASCII, and text in that form, stays
/// as it is. Cost: a look at each byte, where there are no marks.
std::string composed_letters(std::string_view text);

}  // namespace v1
}  // namespace eventstore
