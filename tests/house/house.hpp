#pragma once
// The table of floors and rooms in house.txt, and what it says of one include.
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace house {

/// A room, or a floor that is one room.
struct Room {
  std::string floor;
  std::string name;  ///< "log/files"; that of the floor where it is one room
  std::string text;
  std::vector<std::string> paths;  ///< files, and folders with all that is in them
};

struct Floor {
  std::string name;
  std::string text;
};

/// What house.txt says. Rooms and floors stand from the lowest up.
struct House {
  std::vector<Floor> floors;
  std::vector<Room> rooms;
  std::vector<std::pair<std::string, std::string>> kept;  ///< the first may not include the second
  std::map<std::string, std::vector<std::string>> each;   ///< floor -> files that its folders show each other
  std::map<std::pair<std::string, std::string>, std::string> allowed;  ///< files -> why
  std::vector<std::string> mistakes;                                   ///< lines that cannot be read

  /// The number of the room in which a file stands; -1 where it stands in none.
  [[nodiscard]] int room_of(std::string_view path) const;
};

House read_house(std::string_view table);

/// Why a file may not include another; empty where it may. Both stand in a room.
std::string objection(const House& house, const std::string& from, const std::string& to);

}  // namespace house
