#include "style.hpp"

#include <eventstore/core/detail/utf8.hpp>

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace eventstore::terminal {
namespace {

// Codes of "Select Graphic Rendition", ECMA-48, 8.3.117.
constexpr std::array<std::pair<Colour, std::string_view>, 8> codes{{{Colour::red, "31"},
                                                                    {Colour::green, "32"},
                                                                    {Colour::yellow, "33"},
                                                                    {Colour::blue, "34"},
                                                                    {Colour::magenta, "35"},
                                                                    {Colour::cyan, "36"},
                                                                    {Colour::grey, "90"},
                                                                    {Colour::bold, "1"}}};

bool is_set(const char* variable) {
  const auto* const value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

bool takes_colours() {
  if (isatty(STDOUT_FILENO) != 1 || is_set("NO_COLOR")) return false;
  const auto* const terminal = std::getenv("TERM");
  return terminal == nullptr || std::string_view{terminal} != "dumb";
}

std::optional<std::size_t> terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return size.ws_col;
}

std::string painted(std::string_view text, Colour colour, bool coloured) {
  auto shown = made_visible(text);
  if (!coloured) return shown;
  for (const auto& [each, code] : codes)
    if (each == colour) return "\x1b[" + std::string{code} + "m" + shown + "\x1b[0m";
  return shown;
}

}  // namespace eventstore::terminal
