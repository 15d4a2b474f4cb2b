#pragma once
// Private to history: the differences between two JSON values of one type, gathered in their order.
#include <eventstore/history/diff.hpp>
#include <eventstore/schema/json_document.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// A value on one side, or none.
using SideNode = std::optional<JsonNode>;

[[nodiscard]] bool is_object(const SideNode& node);
[[nodiscard]] bool is_array(const SideNode& node);
[[nodiscard]] std::string json_of(const SideNode& node);

/// The members of an object by their names, in order.
using NodeEntries = std::map<std::string_view, JsonNode>;
[[nodiscard]] NodeEntries entries_of(JsonNode object);

/// Calls `visit(key, before, after)` for each key of either side, in order.
template <class Visit> void each_entry(const NodeEntries& before, const NodeEntries& after, Visit visit) {
  auto old = before.begin();
  for (const auto& [key, node] : after) {
    for (; old != before.end() && old->first < key; ++old) visit(old->first, SideNode{old->second}, SideNode{});
    const bool is_in_both = old != before.end() && old->first == key;
    visit(key, is_in_both ? SideNode{old->second} : SideNode{}, SideNode{node});
    if (is_in_both) ++old;
  }
  for (; old != before.end(); ++old) visit(old->first, SideNode{old->second}, SideNode{});
}

/// Threads: one at a time.
class DifferenceWalk {
 public:
  /// Compares two values at the present place.
  void value(const Type& type, const SideNode& before, const SideNode& after);
  void record(const Type& type, JsonNode before, JsonNode after);
  /// Elements of a list, of which the first has the place `first`.
  void elements(const Type& element, const std::vector<JsonNode>& before, const std::vector<JsonNode>& after,
                std::size_t first = 0);

  /// Notes the difference of the present place as a whole.
  void add(const SideNode& before, const SideNode& after);
  /// Notes that what stood at the present place is gone, where it is not told what that was.
  void add_removed() { found_.push_back({DifferenceKind::removed, path_, {}, {}}); }

  /// Calls `within` with the place one step further.
  template <class Within> void at(PathStep step, Within within) {
    path_.steps.push_back(std::move(step));
    within();
    path_.steps.pop_back();
  }

  [[nodiscard]] std::vector<StateDifference> take() && { return std::move(found_); }

 private:
  StatePath path_{};
  std::vector<StateDifference> found_{};
};

}  // namespace v1
}  // namespace eventstore
