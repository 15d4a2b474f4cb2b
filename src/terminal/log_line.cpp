#include "log_line.hpp"

#include <eventstore/schema/changes_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include <limits>
#include <vector>

#include "cell.hpp"
#include "style.hpp"

namespace eventstore::terminal {
namespace {

constexpr std::size_t version_width = 4;
constexpr std::size_t indent = 6;  // of further lines: below the time

std::string_view text_of(JsonNode row, std::string_view name) {
  const auto member = row.find(name);
  return member ? member->text() : std::string_view{};
}

// The stream of a row, or of an event line.
std::string stream_of(JsonNode row) {
  if (const auto stream = text_of(row, "stream"); !stream.empty()) return std::string{stream};
  const auto category = text_of(row, "aggregate_type");
  return category.empty() ? std::string{} : std::string{category} + '-' + std::string{text_of(row, "aggregate_id")};
}

std::string_view user_of(JsonNode row) {
  if (const auto user = text_of(row, "user_id"); !user.empty()) return user;
  const auto metadata = row.find("metadata");
  return metadata ? text_of(*metadata, "user_id") : std::string_view{};
}

// Each change for itself, or the data.
std::vector<std::string> what_of(JsonNode row) {
  const auto changes = row.find("changes");
  const auto before = changes ? changes->find("before") : std::nullopt;
  const auto after = changes ? changes->find("after") : std::nullopt;
  if (before && after) {
    auto list = list_changes(*before, *after);
    if (list.empty()) list.emplace_back("(no change)");
    return list;
  }
  std::string data;
  for (const auto* const name : {"data", "event_data"})
    if (const auto found = row.find(name)) found->write(data);
  return {data};
}

// What stands before the changes.
std::string head_of(JsonNode row, std::string number, bool coloured) {
  if (number.size() < version_width) number.insert(0, version_width - number.size(), ' ');
  const auto clock = row.find("clock_ran_back");
  const bool ran_back = clock && clock->boolean();
  const auto stream = stream_of(row);
  auto line = stream.empty() ? std::string{} : painted(stream, Colour::green, coloured) + "  ";
  line += painted(number, Colour::yellow, coloured);
  line += "  " + painted(shown(text_of(row, "created_at")), ran_back ? Colour::red : Colour::grey, coloured);
  if (ran_back) line += painted(" (the clock ran backwards)", Colour::red, coloured);
  line += "  " + painted(text_of(row, "event_type"), Colour::cyan, coloured);
  if (const auto user = user_of(row); !user.empty()) line += "  " + painted(user, Colour::blue, coloured);
  return line;
}

// The parts behind a head of `taken` characters: as many in a line as its `width` has room for.
std::string lines_of(const std::vector<std::string>& parts, std::size_t taken, std::size_t width) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto part = shown(parts[i]) + (i + 1 < parts.size() ? ";" : "");
    const std::size_t gap = i == 0 ? 2 : 1;
    const auto needed = width_of(part);
    // A part that is too long for any line stays where it is, if it is the first.
    const bool fits = taken + gap + needed <= width || (i == 0 && indent + needed > width);
    text += fits ? std::string(gap, ' ') : '\n' + std::string(indent, ' ');
    text += part;
    taken = (fits ? taken + gap : indent) + needed;
  }
  return text;
}

}  // namespace

std::string log_line(std::string_view object, bool coloured, std::optional<std::size_t> width) {
  JsonDocument document;
  const auto row = document.parse(object);
  const auto version = row ? row->find("version") : std::nullopt;
  if (!version) return {};
  const auto number = version->number_text();
  const auto taken = width_of(head_of(*row, number, false));
  return head_of(*row, number, coloured) +
         lines_of(what_of(*row), taken, width.value_or(std::numeric_limits<std::size_t>::max()));
}

}  // namespace eventstore::terminal
