#include "simulated_entries.hpp"

#include <eventstore/os/detail/mapping_failures.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

void SimulatedMapping::fail() {
  failed().store(true, std::memory_order_release);
  detail::mapping_failures_seen.fetch_add(1, std::memory_order_acq_rel);
}

SimulatedNodePointer SimulatedEntries::walk(std::string_view path,
                                            SimulatedNode::Entries SimulatedNode::*entries) const {
  auto node = root_;
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto name = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    if (name.empty() || name == ".") continue;
    const auto found = ((*node).*entries).find(std::string{name});
    if (found == ((*node).*entries).end()) return nullptr;
    node = found->second;
  }
  return node;
}

std::string_view SimulatedEntries::parent_path(std::string_view path) {
  const auto last = path.find_last_not_of('/');
  const auto slash = last == std::string_view::npos ? last : path.find_last_of('/', last);
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string SimulatedEntries::last_name(std::string_view path) {
  path = path.substr(0, path.find_last_not_of('/') + 1);
  const auto slash = path.find_last_of('/');
  return std::string{slash == std::string_view::npos ? path : path.substr(slash + 1)};
}

SimulatedNodePointer SimulatedEntries::directory_of(std::string_view path) const {
  auto directory = find(parent_path(path));
  return directory && !directory->file ? directory : nullptr;
}

void SimulatedEntries::put(const SimulatedNodePointer& directory, const std::string& name, SimulatedNodePointer node,
                           std::uint64_t& order) {
  directory->entries[name] = node;
  unsynced_.push_back({directory, name, std::move(node), nullptr, {}, ++order, false});
}

void SimulatedEntries::remove(const SimulatedNodePointer& directory, const std::string& name, std::uint64_t& order) {
  directory->entries.erase(name);
  unsynced_.push_back({directory, name, nullptr, nullptr, {}, ++order, false});
}

void SimulatedEntries::rename(const SimulatedNodePointer& from, const std::string& from_name,
                              const SimulatedNodePointer& to, const std::string& to_name, std::uint64_t& order) {
  auto node = from->entries.at(from_name);
  from->entries.erase(from_name);
  to->entries[to_name] = node;
  unsynced_.push_back({to, to_name, std::move(node), from, from_name, ++order, false});
}

void SimulatedEntries::put_on_disk(const Change& change) {
  if (change.left) {
    const auto found = change.left->entries_on_disk.find(change.left_name);
    if (found != change.left->entries_on_disk.end() && found->second == change.node)
      change.left->entries_on_disk.erase(found);
  }
  if (change.node)
    change.directory->entries_on_disk[change.name] = change.node;
  else
    change.directory->entries_on_disk.erase(change.name);
}

void SimulatedEntries::sync(const SimulatedNodePointer& directory) {
  const auto is_of = [&](const Change& change) { return change.directory == directory || change.left == directory; };
  for (const auto& change : unsynced_)
    if (is_of(change) && !change.has_failed) put_on_disk(change);
  std::erase_if(unsynced_, is_of);
}

void SimulatedEntries::fail_sync(const SimulatedNodePointer& directory) {
  for (auto& change : unsynced_) {
    const bool is_of_file = change.node == nullptr || change.node->file != nullptr;
    if (is_of_file && (change.directory == directory || change.left == directory)) change.has_failed = true;
  }
}

void SimulatedEntries::end_run() {
  for (auto& change : unsynced_) change.has_failed = false;
}

void SimulatedEntries::lose(const Cut& cut, Random& random) {
  // Half of the file systems keep the order in which names were changed.
  const bool keeps_order = cut.loss == Loss::writes || (cut.loss == Loss::sectors && random.chance(50));
  const auto kept = random.below(unsynced_.size() + 1);
  for (std::size_t i = 0; i < unsynced_.size(); ++i) {
    const bool is_kept = cut.loss == Loss::nothing      ? true
                         : cut.loss == Loss::everything ? false
                         : cut.loss == Loss::tail       ? unsynced_[i].order <= cut.last_order
                         : keeps_order                  ? i < kept
                                                        : random.chance(50);
    if (is_kept) put_on_disk(unsynced_[i]);
  }
  unsynced_.clear();
  show_disk(*root_);
}

void SimulatedEntries::show_disk(SimulatedNode& directory) {
  directory.entries = directory.entries_on_disk;
  for (const auto& [name, node] : directory.entries)
    if (!node->file) show_disk(*node);
}

void SimulatedEntries::unlock(const SimulatedNode& directory) {
  for (const auto& [name, node] : directory.entries) {
    node->locked_by = nullptr;
    if (!node->file) unlock(*node);
  }
}

}  // namespace v1
}  // namespace eventstore
