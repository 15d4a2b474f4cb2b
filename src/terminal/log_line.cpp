#include "log_line.hpp"

#include <eventstore/schema/changes_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include "cell.hpp"
#include "style.hpp"

namespace eventstore::terminal {
namespace {

constexpr std::size_t version_width = 4;

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

std::string what_of(JsonNode row) {
  const auto changes = row.find("changes");
  const auto before = changes ? changes->find("before") : std::nullopt;
  const auto after = changes ? changes->find("after") : std::nullopt;
  if (before && after) {
    auto text = describe_changes(*before, *after);
    return text.empty() ? "(no change)" : text;
  }
  std::string data;
  for (const auto* const name : {"data", "event_data"})
    if (const auto found = row.find(name)) found->write(data);
  return data;
}

}  // namespace

std::string log_line(std::string_view object, bool coloured) {
  JsonDocument document;
  const auto row = document.parse(object);
  const auto version = row ? row->find("version") : std::nullopt;
  if (!version) return {};
  auto number = version->number_text();
  if (number.size() < version_width) number.insert(0, version_width - number.size(), ' ');
  const auto clock = row->find("clock_ran_back");
  const bool ran_back = clock && clock->boolean();
  const auto stream = stream_of(*row);
  auto line = stream.empty() ? std::string{} : painted(stream, Colour::green, coloured) + "  ";
  line += painted(number, Colour::yellow, coloured);
  line += "  " + painted(shown(text_of(*row, "created_at")), ran_back ? Colour::red : Colour::grey, coloured);
  if (ran_back) line += painted(" (the clock ran backwards)", Colour::red, coloured);
  line += "  " + painted(text_of(*row, "event_type"), Colour::cyan, coloured);
  if (const auto user = user_of(*row); !user.empty()) line += "  " + painted(user, Colour::blue, coloured);
  return line + "  " + shown(what_of(*row));
}

}  // namespace eventstore::terminal
