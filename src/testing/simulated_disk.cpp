#include <eventstore/testing/simulated_disk.hpp>

#include <cerrno>

#include "simulated_open_file.hpp"

namespace eventstore {
inline namespace v1 {

SimulatedDisk::SimulatedDisk(SimulatedDiskOptions options) : machine_{std::make_shared<Machine>(options)} {}
SimulatedDisk::~SimulatedDisk() = default;

void SimulatedDisk::cut_power() {
  const std::unique_lock lock{machine_->mutex};
  machine_->end_run(true);
}

void SimulatedDisk::cut_power_after(std::uint64_t nth) {
  const std::unique_lock lock{machine_->mutex};
  machine_->stop_at = machine_->changes + nth;
  machine_->stops_power = true;
}

void SimulatedDisk::end_run() {
  const std::unique_lock lock{machine_->mutex};
  machine_->end_run(false);
}

void SimulatedDisk::end_run_after(std::uint64_t nth) {
  const std::unique_lock lock{machine_->mutex};
  machine_->stop_at = machine_->changes + nth;
  machine_->stops_power = false;
}

void SimulatedDisk::never_stop() {
  const std::unique_lock lock{machine_->mutex};
  machine_->stop_at = 0;
}

void SimulatedDisk::drop_caches() {
  const std::unique_lock lock{machine_->mutex};
  machine_->entries.for_each_file([&](SimulatedFile& file) {
    file.note_stores(machine_->order);
    file.drop_clean();
  });
}

bool SimulatedDisk::is_running() const {
  const std::unique_lock lock{machine_->mutex};
  return machine_->is_running;
}

void SimulatedDisk::restart() {
  const std::unique_lock lock{machine_->mutex};
  machine_->end_run(false);
  machine_->is_running = true;
  ++machine_->run;
}

std::uint64_t SimulatedDisk::changes() const {
  const std::unique_lock lock{machine_->mutex};
  return machine_->changes;
}

std::uint64_t SimulatedDisk::trace() const {
  const std::unique_lock lock{machine_->mutex};
  return machine_->digest;
}

void SimulatedDisk::fail(FileCall call, int nth, int os_errno, int times) {
  const std::unique_lock lock{machine_->mutex};
  machine_->plans[static_cast<std::size_t>(call)] = {nth, times, os_errno};
}

void SimulatedDisk::heal() {
  const std::unique_lock lock{machine_->mutex};
  machine_->plans = {};
}

void SimulatedDisk::set_random_failures(bool are_on) {
  const std::unique_lock lock{machine_->mutex};
  machine_->fails_at_random = are_on;
}

std::uint64_t SimulatedDisk::failures() const {
  const std::unique_lock lock{machine_->mutex};
  return machine_->failures;
}

void SimulatedDisk::set_free_bytes(std::optional<std::uint64_t> bytes) {
  const std::unique_lock lock{machine_->mutex};
  machine_->free_bytes = bytes;
}

Result<Bytes> SimulatedDisk::cached(const std::string& path) const {
  const std::unique_lock lock{machine_->mutex};
  const auto node = machine_->entries.find(path);
  if (!node || !node->file) return machine_->fail({false, ENOENT}, "look at", path);
  return Bytes{node->file->cached().begin(), node->file->cached().end()};
}

Result<Bytes> SimulatedDisk::on_disk(const std::string& path) const {
  const std::unique_lock lock{machine_->mutex};
  const auto node = machine_->entries.find_on_disk(path);
  if (!node || !node->file) return machine_->fail({false, ENOENT}, "look at", path);
  return node->file->on_disk();
}

Result<void> SimulatedDisk::flip_bit(const std::string& path, std::uint64_t offset, unsigned bit) {
  const std::unique_lock lock{machine_->mutex};
  const auto node = machine_->entries.find(path);
  if (!node || !node->file) return machine_->fail({false, ENOENT}, "flip a bit of", path);
  node->file->flip_bit(offset, bit);
  return {};
}

void SimulatedDisk::betray_write(std::uint64_t nth, Betrayal how) {
  const std::unique_lock lock{machine_->mutex};
  machine_->writes_to_betrayal = nth;
  machine_->betrayal = how;
}

bool SimulatedDisk::lose_page(const std::string& path, std::uint64_t offset) {
  const std::unique_lock lock{machine_->mutex};
  const auto node = machine_->entries.find(path);
  if (!machine_->is_running || !node || !node->file || !node->file->lose_page(offset)) return false;
  ++machine_->failures;
  for (const auto& mapping : node->mappings)
    if (const auto held = mapping.lock(); held && offset < held->size()) held->fail();
  return true;
}

Result<std::unique_ptr<File>> SimulatedDisk::open(const std::string& path, OpenMode mode) {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::open, path, mode != OpenMode::read, machine_->run));
  auto node = machine_->entries.find(path);
  const auto directory = machine_->entries.directory_of(path);
  const bool makes = mode == OpenMode::create || mode == OpenMode::create_new;
  if (fate.os_errno == 0 && !fate.is_last) {
    if (!directory || (!node && !makes)) fate.os_errno = ENOENT;
    if (node && mode == OpenMode::create_new) fate.os_errno = EEXIST;
    if (node && !node->file) fate.os_errno = EISDIR;
  }
  if (fate.os_errno != 0) return machine_->fail(fate, "open", path);
  if (!node && directory && makes && !(fate.is_last && machine_->random.chance(50))) {
    node = std::make_shared<SimulatedNode>();
    node->file = std::make_unique<SimulatedFile>(SimulatedMemory::make(machine_->options.file_bytes_max));
    machine_->entries.put(directory, SimulatedEntries::last_name(path), node, machine_->order);
  }
  if (fate.is_last) return machine_->fail(fate, "open", path);
  return std::make_unique<OpenFile>(machine_, std::move(node), path);
}

Result<void> SimulatedDisk::rename(const std::string& from, const std::string& to) {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::rename, from, true, machine_->run));
  const auto source = machine_->entries.directory_of(from);
  const auto target = machine_->entries.directory_of(to);
  const auto node = machine_->entries.find(from);
  const auto replaced = machine_->entries.find(to);
  const bool is_possible = source && target && node;
  if (!is_possible && fate.os_errno == 0) fate.os_errno = ENOENT;
  if (replaced && !replaced->file) fate.os_errno = EISDIR;
  const bool is_done = is_possible && fate.os_errno == 0 && !(fate.is_last && machine_->random.chance(50));
  if (is_done && node != replaced)
    machine_->entries.rename(source, SimulatedEntries::last_name(from), target, SimulatedEntries::last_name(to),
                             machine_->order);
  if (fate.is_last || fate.os_errno != 0) return machine_->fail(fate, "rename", from + " to " + to);
  return {};
}

Result<void> SimulatedDisk::remove(const std::string& path) {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::remove, path, true, machine_->run));
  const auto node = machine_->entries.find(path);
  if (!node && fate.os_errno == 0) fate.os_errno = ENOENT;
  if (node && !node->file) fate.os_errno = EISDIR;
  if (node && fate.os_errno == 0 && !(fate.is_last && machine_->random.chance(50))) {
    machine_->entries.remove(machine_->entries.directory_of(path), SimulatedEntries::last_name(path), machine_->order);
    if (machine_->free_bytes) *machine_->free_bytes += node->file->size();
  }
  if (fate.is_last || fate.os_errno != 0) return machine_->fail(fate, "remove", path);
  return {};
}

Result<std::vector<std::string>> SimulatedDisk::list(const std::string& directory) {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::list, directory, false, machine_->run));
  const auto node = machine_->entries.find(directory);
  if (fate.os_errno == 0 && (!node || node->file)) fate.os_errno = node ? ENOTDIR : ENOENT;
  if (fate.os_errno != 0) return machine_->fail(fate, "list", directory);
  std::vector<std::string> names;
  for (const auto& [name, entry] : node->entries) names.push_back(name);
  return names;
}

Result<void> SimulatedDisk::make_directories(const std::string& directory) {
  {
    const auto lock = machine_->enter();
    const auto node = machine_->entries.find(directory);
    if (node && node->file) return machine_->fail({false, ENOTDIR}, "make directory", directory);
    if (node && machine_->is_running) return {};
  }
  const std::string parent{SimulatedEntries::parent_path(directory)};
  if (!parent.empty()) EVENTSTORE_TRY(make_directories(parent));
  {
    const auto lock = machine_->enter();
    EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::make_directory, directory, true, machine_->run));
    const bool was_made_meanwhile = machine_->entries.find(directory) != nullptr;
    if (fate.os_errno == 0 && !was_made_meanwhile && !(fate.is_last && machine_->random.chance(50)))
      machine_->entries.put(machine_->entries.directory_of(directory), SimulatedEntries::last_name(directory),
                            std::make_shared<SimulatedNode>(), machine_->order);
    if (fate.is_last || fate.os_errno != 0) return machine_->fail(fate, "make directory", directory);
  }
  return sync_directory(parent);
}

Result<void> SimulatedDisk::sync_directory(const std::string& directory) {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::sync_directory, directory, true, machine_->run));
  const auto node = machine_->entries.find(directory);
  if (fate.os_errno == 0 && (!node || node->file)) fate.os_errno = node ? ENOTDIR : ENOENT;
  if (machine_->options.directory_errors_are_told_once && fate.os_errno != 0 && fate.os_errno != EINTR && node)
    machine_->entries.fail_sync(node);
  if (fate.is_last || fate.os_errno != 0) return machine_->fail(fate, "sync", directory);
  machine_->entries.sync(node);
  return {};
}

std::string SimulatedDisk::boot_id() {
  const std::unique_lock lock{machine_->mutex};
  return "boot " + std::to_string(machine_->boot);
}

std::string SimulatedDisk::process_name() {
  const std::unique_lock lock{machine_->mutex};
  return std::to_string(machine_->run) + "@simulated";
}

}  // namespace v1
}  // namespace eventstore
