#include "house.hpp"

#include <algorithm>
#include <sstream>

namespace house {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream{text};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return std::string{text.substr(begin, text.find_last_not_of(" \t") - begin + 1)};
}

// The parts of a line between its bars.
std::vector<std::string> parts_of(std::string_view line) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= line.size();) {
    const auto bar = std::min(line.find('|', at), line.size());
    parts.push_back(trimmed(line.substr(at, bar - at)));
    at = bar + 1;
  }
  return parts;
}

class Reader {
 public:
  House read(std::string_view table) {
    std::istringstream lines{std::string{table}};
    for (std::string line; std::getline(lines, line);) {
      const auto text = trimmed(line);
      if (!text.empty() && text.front() != '#' && !take(text)) house_.mistakes.push_back(text);
    }
    return std::move(house_);
  }

 private:
  bool take(const std::string& line) {
    const auto word = line.substr(0, line.find(' '));
    const auto rest = trimmed(std::string_view{line}.substr(word.size()));
    if (word == "floor") return take_floor(parts_of(rest));
    if (word == "room") return take_room(parts_of(rest));
    if (word == "apart") return take_apart(words_of(rest));
    if (word == "keep") return take_keep(words_of(rest));
    if (word == "each") return take_each(rest);
    if (word == "allow") return take_allow(parts_of(rest));
    return false;
  }

  bool take_floor(const std::vector<std::string>& parts) {
    if (parts.size() < 2 || parts.size() > 3) return false;
    house_.floors.push_back({parts[0], parts[1]});
    if (parts.size() == 3) house_.rooms.push_back({parts[0], parts[0], parts[1], words_of(parts[2])});
    return true;
  }

  bool take_room(const std::vector<std::string>& parts) {
    if (parts.size() != 3 || house_.floors.empty()) return false;
    const auto& floor = house_.floors.back().name;
    house_.rooms.push_back({floor, floor + "/" + parts[0], parts[1], words_of(parts[2])});
    return true;
  }

  // The rooms that a word names: one, or those of a floor.
  [[nodiscard]] std::vector<std::string> rooms_named(const std::string& word) const {
    std::vector<std::string> names;
    for (const auto& room : house_.rooms)
      if (room.name == word || room.floor == word) names.push_back(room.name);
    return names;
  }

  bool keep(const std::vector<std::string>& from, const std::vector<std::string>& to) {
    for (const auto& a : from)
      for (const auto& b : to) {
        const auto first = rooms_named(a);
        const auto second = rooms_named(b);
        if (first.empty() || second.empty()) return false;
        for (const auto& x : first)
          for (const auto& y : second)
            if (x != y) house_.kept.emplace_back(x, y);
      }
    return true;
  }

  bool take_apart(const std::vector<std::string>& rooms) { return rooms.size() > 1 && keep(rooms, rooms); }

  bool take_keep(const std::vector<std::string>& words) {
    const auto from = std::find(words.begin(), words.end(), "from");
    if (from == words.begin() || from == words.end()) return false;
    return keep({words.begin(), from}, {from + 1, words.end()});
  }

  bool take_each(const std::string& rest) {
    const auto colon = rest.find(':');
    if (colon == std::string::npos || rooms_named(rest.substr(0, colon)).empty()) return false;
    house_.each[rest.substr(0, colon)] = words_of(rest.substr(colon + 1));
    return true;
  }

  bool take_allow(const std::vector<std::string>& parts) {
    if (parts.size() != 2) return false;
    const auto files = words_of(parts[0]);
    if (files.size() != 2) return false;
    house_.allowed[{files[0], files[1]}] = parts[1];
    return true;
  }

  House house_;
};

// The folder of a floor, one of many alike, in which a file stands: "aggregates/delivery". Empty for the floor's own
// files.
std::string folder_in(const Room& room, std::string_view path) {
  for (const auto& root : room.paths) {
    if (!path.starts_with(root + "/")) continue;
    const auto end = path.find('/', root.size() + 1);
    if (end != std::string_view::npos) return std::string{path.substr(0, end)};
  }
  return {};
}

std::string objection_within(const House& house, const Room& room, const std::string& from, const std::string& to) {
  const auto rule = house.each.find(room.floor);
  if (rule == house.each.end()) return {};
  const auto here = folder_in(room, from);
  const auto there = folder_in(room, to);
  // A folder without events of its own is shared by the others.
  if (here == there || here.empty() || there.empty() || there.ends_with("/common")) return {};
  const auto file = to.substr(there.size() + 1);
  if (std::find(rule->second.begin(), rule->second.end(), file) != rule->second.end()) return {};
  std::string shown;
  for (const auto& name : rule->second) shown += (shown.empty() ? "" : " and ") + name;
  return "of another folder of " + room.floor + "/ a file includes " + shown + " alone";
}

}  // namespace

House read_house(std::string_view table) { return Reader{}.read(table); }

int House::room_of(std::string_view path) const {
  int found = -1;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < rooms.size(); ++i)
    for (const auto& place : rooms[i].paths) {
      const bool is_in = path == place || path.starts_with(place + "/");
      if (!is_in || place.size() < longest) continue;
      longest = place.size();
      found = static_cast<int>(i);
    }
  return found;
}

std::string objection(const House& house, const std::string& from, const std::string& to) {
  if (house.allowed.count({from, to}) != 0) return {};
  const auto from_number = house.room_of(from);
  const auto to_number = house.room_of(to);
  const auto& here = house.rooms[static_cast<std::size_t>(from_number)];
  const auto& there = house.rooms[static_cast<std::size_t>(to_number)];
  if (from_number == to_number) return objection_within(house, here, from, to);
  if (to_number > from_number) return here.name + " stands below " + there.name + " and may not include upward";
  for (const auto& [kept, other] : house.kept)
    if (kept == here.name && other == there.name) return here.name + " is to know nothing of " + there.name;
  if (here.floor != there.floor && to.starts_with("src/")) return "what stands in src/ is private to " + there.floor;
  return {};
}

}  // namespace house
