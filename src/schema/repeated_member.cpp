#include <eventstore/schema/detail/repeated_member.hpp>

#include <algorithm>
#include <cstring>
#include <vector>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t name_bytes_shown = 64;
// So many names are compared one by one, which is faster than sorting them.
constexpr std::size_t few_names = 24;

// Of names that are equal: their length and first bytes.
std::uint64_t mark_of(std::string_view name) {
  std::uint64_t mark = 0;
  std::memcpy(&mark, name.data(), std::min(name.size(), sizeof mark));
  return mark ^ (static_cast<std::uint64_t>(name.size()) << 56);
}

class Walk {
 public:
  /// False where an object has a member twice.
  bool visit(JsonNode node) {
    if (node.kind() == JsonKind::object) return visit_members(node);
    return node.kind() != JsonKind::array || visit_items(node);
  }
  [[nodiscard]] std::string& path() { return path_; }

 private:
  bool visit_members(JsonNode object) {
    if (!has_unique_names(object)) return false;
    return object.each_member([&](std::string_view name, JsonNode value) {
      const bool is_right = visit(value);
      if (!is_right) prepend(std::string{name.substr(0, name_bytes_shown)});
      return is_right;
    });
  }
  bool visit_items(JsonNode array) {
    std::size_t at = 0;
    return array.each_element([&](JsonNode item) {
      const bool is_right = visit(item);
      if (!is_right) prepend("[" + std::to_string(at) + "]");
      ++at;
      return is_right;
    });
  }
  bool has_unique_names(JsonNode object) {
    names_.clear();
    std::uint64_t marks[few_names];
    bool may_be_twice = false;
    object.each_member([&](std::string_view name, JsonNode) {
      const auto count = names_.size();
      names_.push_back(name);
      if (count >= few_names) return true;
      marks[count] = mark_of(name);
      for (std::size_t i = 0; i < count; ++i) may_be_twice |= marks[i] == marks[count];
      return true;
    });
    if (!may_be_twice && names_.size() <= few_names) return true;
    std::sort(names_.begin(), names_.end());
    const auto twice = std::adjacent_find(names_.begin(), names_.end());
    if (twice != names_.end()) path_ = twice->substr(0, name_bytes_shown);
    return twice == names_.end();
  }
  void prepend(std::string step) { path_ = step + (path_.starts_with('[') ? "" : ".") + path_; }

  std::vector<std::string_view> names_;
  std::string path_;
};

}  // namespace

Result<void> check_members(JsonNode root) {
  Walk walk;
  if (walk.visit(root)) return {};
  return failure(Errc::invalid_argument, "read JSON", std::move(walk.path()), "the member is there twice");
}

}  // namespace v1
}  // namespace eventstore
