#pragma once
// Private to history: a state as a tree, in which each value knows the versions that set it.
#include <eventstore/history/blame.hpp>
#include <eventstore/history/diff.hpp>
#include <eventstore/schema/json_document.hpp>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time.
class BlameTree {
 public:
  /// The tree of a state whose JSON is `begin`, all of it set by version `by`; 0: by none. `state` outlives the tree.
  BlameTree(const Type& state, JsonNode begin, Version by, BlameDepth depth);

  /// Makes the state after version `by` of the one before it. Differences come in the order of differences_of.
  Result<void> apply(const std::vector<StateDifference>& differences, Version by);

  /// Errors: as blame.
  Result<std::vector<BlamedValue>> values(const StatePath& within) const;

 private:
  struct Set {
    Version by;
    std::string value;
  };
  // A value that is there, or was there.
  struct Node {
    const Type* type;
    bool is_there = false;
    Version touched{};                      // the last version that changed something in it
    std::string value{};                    // of a leaf
    std::vector<Set> sets{};                // of a leaf, with BlameDepth::all
    std::vector<Node> children{};           // fields or elements
    std::map<std::string, Node> entries{};  // also those that were removed
  };

  const std::vector<const Field*>& fields_of(const Type& record);
  [[nodiscard]] static bool is_leaf(const Node& node);

  Node& child(Node& parent, const PathStep& step);
  Node& field(Node& record, const std::string& name);
  void set(Node& node, const std::optional<JsonNode>& json, Version by);
  void set_leaf(Node& node, std::string value, Version by);
  void set_fields(Node& node, JsonNode json, Version by);
  void set_entries(Node& node, JsonNode json, Version by);
  void clear(Node& node, Version by);
  Result<void> apply(const StateDifference& difference, Version by);

  Result<const Node*> find(const StatePath& within) const;
  Result<const Node*> find(const Node& parent, const PathStep& step, const StatePath& within) const;
  void list(const Node& node, StatePath& path, std::vector<BlamedValue>& to) const;
  void list_leaf(const Node& node, const StatePath& path, std::vector<BlamedValue>& to) const;
  void list_children(const Node& node, StatePath& path, std::vector<BlamedValue>& to) const;

  BlameDepth depth_;
  std::unordered_map<const Type*, std::vector<const Field*>> fields_{};  // without bookkeeping
  Node root_;
  JsonDocument document_{};
};

}  // namespace v1
}  // namespace eventstore
