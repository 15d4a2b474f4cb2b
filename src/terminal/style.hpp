#pragma once
// Private to the faces: the colours and the width of a person's terminal.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace eventstore::terminal {

enum class Colour : std::uint8_t { red, green, yellow, blue, magenta, cyan, grey, bold };

/// Whether standard output takes colours: it is a terminal, TERM is not "dumb", and NO_COLOR (https://no-color.org) is
/// not set.
[[nodiscard]] bool takes_colours();

/// The characters of a line of the terminal that standard output is; absent where it is none.
[[nodiscard]] std::optional<std::size_t> terminal_width();

/// `text` in that colour, or as it is where `coloured` is false. Control characters in `text` become visible, so that
/// nothing stored can steer a terminal.
[[nodiscard]] std::string painted(std::string_view text, Colour colour, bool coloured);

}  // namespace eventstore::terminal
