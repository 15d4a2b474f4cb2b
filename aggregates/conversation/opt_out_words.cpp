#include <aggregates/conversation/opt_out_words.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace domain {
namespace {

// One word that means nothing else in a conversation: "no", "end" and "quit" are answers, too.
constexpr std::array<std::string_view, 17> words{"stop",
                                                 "stopall",
                                                 "stop all",
                                                 "unsubscribe",
                                                 "opt out",
                                                 "opt-out",
                                                 "optout",
                                                 "stop promotions",
                                                 "stop messages",
                                                 "baja",
                                                 "sair",
                                                 "parar",
                                                 "arret",
                                                 "arr\xC3\xAAt",
                                                 "stopp",
                                                 "abbestellen",
                                                 "d\xC3\xA9sabonner"};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view around = " \t\r\n.!\"'";
  const auto begin = text.find_first_not_of(around);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(around) - begin + 1);
}

}  // namespace

bool asks_for_no_more(std::string_view message_content) {
  const auto core = trimmed(message_content);
  constexpr std::size_t bytes_max = 32;
  if (core.size() > bytes_max) return false;
  std::string lower{core};
  for (char& letter : lower)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 32);
  return std::find(words.begin(), words.end(), lower) != words.end();
}

}  // namespace domain
