#pragma once
// For engines: what of a text a search compares. docs/reference/collections.md says the same to users.
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Of a longer text, only these are searched. An event is no longer either.
inline constexpr std::size_t folded_bytes_max = 16U << 20U;

/// The letters, digits and marks of `text`, without case, accents and other differences that a search passes over; U' '
/// stands for everything between words, and may stand several times in a row. A byte that is not UTF-8 parts words.
/// Errors: out_of_memory. Threads: any. Cost: O(bytes); the first text with a letter of Latin beyond ASCII loads ICU's
/// rules for these, some 25 ms.
Result<std::u32string> folded(std::string_view text);

/// Whether the folded letter belongs to a script that puts no spaces between words: Chinese, Japanese, Thai, Lao,
/// Khmer, Burmese and their kin; and Korean, which joins particles to words.
bool is_unspaced(char32_t letter);

/// The version of ICU whose tables fold: another one may fold a few letters in another way.
std::string folding_version();

}  // namespace v1
}  // namespace eventstore
