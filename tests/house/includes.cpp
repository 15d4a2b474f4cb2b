#include "includes.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace house {
namespace {

constexpr const char* product[] = {"include",   "src",       "aggregates", "projections",
                                   "functions", "reactions", "importers"};

std::string normal(const std::filesystem::path& path) { return path.lexically_normal().generic_string(); }

// What an include line names, and whether in quotation marks; empty where the line is none.
std::pair<std::string, bool> included_by(std::string_view line) {
  const auto skip = [&line](std::string_view expected) {
    const auto begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || !line.substr(begin).starts_with(expected)) return false;
    line.remove_prefix(begin + expected.size());
    return true;
  };
  if (!skip("#") || !skip("include")) return {};
  const bool is_quoted = skip("\"");
  if (!is_quoted && !skip("<")) return {};
  const auto end = line.find(is_quoted ? '"' : '>');
  return {std::string{line.substr(0, end)}, is_quoted};
}

// The file of the tree that is meant; empty for one of a library.
std::string resolved(const Tree& tree, const std::string& from, const std::string& written, bool is_quoted) {
  std::vector<std::filesystem::path> folders{"include", "src", "."};
  if (is_quoted) folders.insert(folders.begin(), std::filesystem::path{from}.parent_path());
  for (const auto& folder : folders)
    if (const auto path = normal(folder / written); tree.count(path) != 0) return path;
  return {};
}

// The room of a file, or its folder where the floor's folders are rooms by themselves.
std::string place_of(const House& house, const std::string& path) {
  const auto& room = house.rooms[static_cast<std::size_t>(house.room_of(path))];
  if (house.each.count(room.floor) == 0) return room.name;
  return path.substr(0, path.find('/', path.find('/') + 1));
}

class Circles {
 public:
  void add(const std::string& from, const std::string& to, std::string include) {
    if (from != to) edges_[from].emplace(to, std::move(include));
  }

  std::vector<std::string> found() {
    for (const auto& [from, to] : edges_) visit(from);
    return std::move(found_);
  }

 private:
  void visit(const std::string& place) {
    if (const auto open = std::find(path_.begin(), path_.end(), place); open != path_.end()) return tell(open);
    if (!visited_.insert(place).second) return;
    path_.push_back(place);
    for (const auto& [to, include] : edges_[place]) visit(to);
    path_.pop_back();
  }

  void tell(std::vector<std::string>::const_iterator begin) {
    std::string text = "a circle:";
    for (auto at = begin; at != path_.end(); ++at) {
      const auto& next = at + 1 == path_.end() ? *begin : *(at + 1);
      text += (at == begin ? " " : ", ") + edges_[*at][next];
    }
    found_.push_back(text);
  }

  std::map<std::string, std::map<std::string, std::string>> edges_;
  std::set<std::string> visited_;
  std::vector<std::string> path_;
  std::vector<std::string> found_;
};

}  // namespace

Tree read_product(const std::string& root) {
  Tree tree;
  for (const auto* folder : product) {
    if (!std::filesystem::is_directory(root + "/" + folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{root + "/" + folder}) {
      const auto ending = entry.path().extension();
      if (ending != ".hpp" && ending != ".cpp") continue;
      std::ifstream file{entry.path(), std::ios::binary};
      tree[normal(std::filesystem::relative(entry.path(), root))] = {std::istreambuf_iterator<char>{file}, {}};
    }
  }
  return tree;
}

std::vector<Include> includes_of(const Tree& tree) {
  std::vector<Include> includes;
  for (const auto& [path, text] : tree) {
    int number = 0;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      const auto [written, is_quoted] = included_by(std::string_view{text}.substr(at, end - at));
      ++number;
      at = end + 1;
      if (written.empty()) continue;
      if (auto to = resolved(tree, path, written, is_quoted); !to.empty())
        includes.push_back({path, number, written, std::move(to)});
    }
  }
  return includes;
}

std::vector<std::string> violations(const House& house, const Tree& tree) {
  std::vector<std::string> found;
  for (const auto& [path, text] : tree)
    if (house.room_of(path) < 0)
      found.push_back(path + ": it stands in no room: give it a place in tests/house/house.txt");
  Circles circles;
  for (const auto& include : includes_of(tree)) {
    if (house.room_of(include.from) < 0 || house.room_of(include.to) < 0) continue;
    const auto told = include.from + ":" + std::to_string(include.line) + ": includes " + include.written;
    const auto why = objection(house, include.from, include.to);
    if (!why.empty()) found.push_back(told + ": " + why);
    if (why.empty() && house.allowed.count({include.from, include.to}) == 0)
      circles.add(place_of(house, include.from), place_of(house, include.to), told);
  }
  for (auto& circle : circles.found()) found.push_back(std::move(circle));
  return found;
}

}  // namespace house
