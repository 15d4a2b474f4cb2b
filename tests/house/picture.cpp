#include "picture.hpp"

#include <algorithm>

namespace house {
namespace {

constexpr std::string_view begin_mark = "<!-- house -->\n";
constexpr std::string_view end_mark = "<!-- end of house -->";
constexpr std::size_t width = 120;

// A name and what it is, the text wrapped beside the column of names.
std::string entry(const std::string& name, const std::string& text, std::size_t column) {
  std::string lines = name + std::string(column - name.size(), ' ');
  std::size_t at = column;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find(' ', begin), text.size());
    if (at + end - begin > width && at > column) {
      lines += "\n" + std::string(column, ' ');
      at = column;
    }
    if (at > column) lines += ' ';
    lines += text.substr(begin, end - begin);
    at += end - begin + 1;
    begin = end + 1;
  }
  return lines + "\n";
}

template <class Entries> std::size_t column_of(const Entries& entries) {
  std::size_t longest = 0;
  for (const auto& one : entries) longest = std::max(longest, one.name.size());
  return longest + 3;
}

}  // namespace

std::string picture_of(const House& house) {
  std::string picture = "```\n";
  const auto column = column_of(house.floors);
  for (auto floor = house.floors.rbegin(); floor != house.floors.rend(); ++floor)
    picture += entry(floor->name, floor->text, column);
  picture += "```\n";
  for (const auto& floor : house.floors) {
    std::vector<Room> rooms;
    for (const auto& room : house.rooms)
      if (room.floor == floor.name && room.name != floor.name) rooms.push_back(room);
    if (rooms.empty()) continue;
    for (auto& room : rooms) room.name.erase(0, floor.name.size() + 1);
    picture += "\nInside `" + floor.name + "`, from the highest room down:\n\n```\n";
    const auto room_column = column_of(rooms);
    for (auto room = rooms.rbegin(); room != rooms.rend(); ++room)
      picture += entry(room->name, room->text, room_column);
    picture += "```\n";
  }
  return picture;
}

std::optional<std::string> with_picture(const std::string& document, const House& house) {
  const auto begin = document.find(begin_mark);
  const auto end = document.find(end_mark);
  if (begin == std::string::npos || end == std::string::npos || end < begin) return std::nullopt;
  const auto head = begin + begin_mark.size();
  return document.substr(0, head) + picture_of(house) + document.substr(end);
}

}  // namespace house
