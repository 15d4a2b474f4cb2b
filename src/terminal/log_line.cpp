#include "log_line.hpp"

#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/schema/changes_text.hpp>
#include <eventstore/schema/json_document.hpp>

#include "style.hpp"

namespace eventstore::terminal {
namespace {

constexpr std::size_t version_width = 4;

std::string_view text_of(JsonNode row, std::string_view name) {
  const auto member = row.find(name);
  return member ? member->text() : std::string_view{};
}

// 2026-01-28T08:15:00.000000Z without what says nothing.
std::string short_time(std::string_view time) {
  std::string text{time};
  if (const auto at = text.find('T'); at != std::string::npos) text[at] = ' ';
  if (const auto at = text.find(".000000"); at != std::string::npos) text.erase(at, 7);
  return text;
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
  if (const auto found = row.find("data")) found->write(data);
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
  auto line = painted(number, Colour::yellow, coloured);
  line += "  " + painted(short_time(text_of(*row, "created_at")), ran_back ? Colour::red : Colour::grey, coloured);
  if (ran_back) line += painted(" (the clock ran back)", Colour::red, coloured);
  line += "  " + painted(text_of(*row, "event_type"), Colour::cyan, coloured);
  if (const auto user = text_of(*row, "user_id"); !user.empty()) line += "  " + painted(user, Colour::green, coloured);
  return line + "  " + made_visible(what_of(*row));
}

}  // namespace eventstore::terminal
