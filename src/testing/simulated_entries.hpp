#pragma once
// The directories of a simulated disk: which names the cache has, which are on the disk, and the changes between the
// two.
#include <map>
#include <string>
#include <vector>

#include "simulated_file.hpp"

namespace eventstore {
inline namespace v1 {

/// A part of a file's memory that a program has mapped.
class SimulatedMapping final : public Mapping {
 public:
  SimulatedMapping(std::shared_ptr<SimulatedMemory> memory, std::size_t bytes)
      : Mapping{memory->data(), bytes}, memory_{std::move(memory)} {}

  /// As if the program had just touched a page that the disk cannot read.
  void fail();

 private:
  std::shared_ptr<SimulatedMemory> memory_;
};

/// A file or a directory. Lifetime: as long as a name, an open file or an unsynced change holds it.
struct SimulatedNode {
  using Entries = std::map<std::string, std::shared_ptr<SimulatedNode>>;

  std::unique_ptr<SimulatedFile> file{};  // null: a directory
  Entries entries{};                      // of a directory, in the cache
  Entries entries_on_disk{};
  const void* locked_by = nullptr;  // the open file that has the lock
  std::vector<std::weak_ptr<SimulatedMapping>> mappings{};
};

using SimulatedNodePointer = std::shared_ptr<SimulatedNode>;

/// Threads: one at a time. Paths: separated by '/'; a path from the root and one from here are the same.
class SimulatedEntries {
 public:
  /// Null where there is none.
  [[nodiscard]] SimulatedNodePointer find(std::string_view path) const { return walk(path, &SimulatedNode::entries); }
  [[nodiscard]] SimulatedNodePointer find_on_disk(std::string_view path) const {
    return walk(path, &SimulatedNode::entries_on_disk);
  }
  /// The directory that has, or would have, the last name of `path`; null where there is none.
  [[nodiscard]] SimulatedNodePointer directory_of(std::string_view path) const;
  [[nodiscard]] static std::string last_name(std::string_view path);
  [[nodiscard]] static std::string_view parent_path(std::string_view path);

  /// `order` numbers all changes of the disk.
  void put(const SimulatedNodePointer& directory, const std::string& name, SimulatedNodePointer node,
           std::uint64_t& order);
  void remove(const SimulatedNodePointer& directory, const std::string& name, std::uint64_t& order);
  void rename(const SimulatedNodePointer& from, const std::string& from_name, const SimulatedNodePointer& to,
              const std::string& to_name, std::uint64_t& order);
  void sync(const SimulatedNodePointer& directory);
  /// The changes of files' names are as good as synced, and may be lost: the next sync that succeeds forgets them.
  void fail_sync(const SimulatedNodePointer& directory);
  /// The system tries again what failed, now that nobody waits for it.
  void end_run();
  /// Loses what the cut takes; the cache is what is on the disk then.
  void lose(const Cut& cut, Random& random);
  /// The number of the first unsynced change; 0 where there is none.
  [[nodiscard]] std::uint64_t first_unsynced() const { return unsynced_.empty() ? 0 : unsynced_.front().order; }

  /// Calls `visit(SimulatedFile&)` for every file that has a name, in the order of the names.
  template <class Visit> void for_each_file(Visit visit) const { visit_files(*root_, visit); }
  /// Frees all locks.
  void unlock_all() const { unlock(*root_); }

 private:
  // One change of one or, for a rename, two names; null nodes are names that go.
  struct Change {
    SimulatedNodePointer directory;
    std::string name;
    SimulatedNodePointer node;
    SimulatedNodePointer left;  // of a rename: where the node had `left_name`
    std::string left_name;
    std::uint64_t order;
    bool has_failed = false;  // a sync did, and told so
  };

  [[nodiscard]] SimulatedNodePointer walk(std::string_view path, SimulatedNode::Entries SimulatedNode::*entries) const;
  template <class Visit> static void visit_files(const SimulatedNode& directory, Visit visit) {
    for (const auto& [name, node] : directory.entries)
      if (node->file)
        visit(*node->file);
      else
        visit_files(*node, visit);
  }
  static void unlock(const SimulatedNode& directory);
  static void show_disk(SimulatedNode& directory);
  static void put_on_disk(const Change& change);

  SimulatedNodePointer root_ = std::make_shared<SimulatedNode>();
  std::vector<Change> unsynced_;
};

}  // namespace v1
}  // namespace eventstore
