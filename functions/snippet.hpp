#pragma once
// Private to the functions: the part of a text in which a search found something.
#include <string>
#include <string_view>

namespace domain {

/// The text around the first word that the query has, about 120 bytes, in whole words, with "…" where something was
/// left out. Without such a word, as where a script has no spaces, the beginning of the text.
std::string snippet_of(std::string_view text, std::string_view query);

}  // namespace domain
