#pragma once
// The words by which people ask for no more messages.
#include <string_view>

namespace domain {

/// Whether a message of these words and nothing else is such a request, as carriers and messengers know them: STOP,
/// UNSUBSCRIBE, and their like in some languages; without regard to case, and to blanks and points around it.
bool asks_for_no_more(std::string_view message_content);

}  // namespace domain
