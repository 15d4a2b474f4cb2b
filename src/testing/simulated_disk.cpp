#include <eventstore/testing/simulated_disk.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "simulated_machine.hpp"

namespace eventstore::inline v1 {
namespace {

class SimulatedMapping final : public Mapping {
 public:
  SimulatedMapping(std::shared_ptr<SimulatedMemory> memory, std::size_t bytes)
      : Mapping{memory->data(), bytes}, memory_{std::move(memory)} {}

 private:
  std::shared_ptr<SimulatedMemory> memory_;
};

}  // namespace

class SimulatedDisk::OpenFile final : public File {
 public:
  OpenFile(std::shared_ptr<Machine> machine, SimulatedNodePointer node, std::string path)
      : machine_{std::move(machine)}, run_{machine_->run}, node_{std::move(node)}, path_{std::move(path)} {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() override {
    const std::unique_lock lock{machine_->mutex};
    if (node_->locked_by == this) node_->locked_by = nullptr;
  }

  Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into) override {
    const std::unique_lock lock{machine_->mutex};
    EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::read, path_, false, run_, offset));
    if (fate.os_errno != 0) return machine_->fail(fate, "read", path_);
    const auto cached = node_->file->cached();
    if (offset >= cached.size() || into.empty()) return std::size_t{0};
    auto count = std::min<std::size_t>(into.size(), cached.size() - offset);
    if (drawn(machine_->options.short_transfers_in_10000)) count = 1 + machine_->random.below(count);
    std::memcpy(into.data(), cached.data() + offset, count);
    if (drawn(machine_->options.flipped_reads_in_10000))
      into[machine_->random.below(count)] ^= static_cast<std::byte>(1U << machine_->random.below(8));
    machine_->trace(count);
    return count;
  }

  Result<std::size_t> write_some(std::uint64_t offset, BytesView bytes) override {
    const std::unique_lock lock{machine_->mutex};
    EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::write, path_, true, run_, offset));
    if (offset + bytes.size() > node_->file->memory()->bytes_max()) fate.os_errno = EFBIG;
    auto count = bytes.size();
    const bool is_done = !fate.is_last && fate.os_errno == 0;
    // Nothing, a part, or all of it but for a byte; with the last call of a run all of it, too.
    if (!is_done && machine_->random.chance(50)) count = 0;
    if (!is_done && count > 0) count = machine_->random.below(bytes.size() + (fate.is_last ? 1 : 0));
    if (fate.os_errno == EFBIG) count = 0;
    if (is_done && count > 1 && drawn(machine_->options.short_transfers_in_10000))
      count = 1 + machine_->random.below(count - 1);
    count = take_space(offset, count);
    if (is_done && count == 0 && !bytes.empty()) {
      fate.os_errno = ENOSPC;
      ++machine_->failures;
    }
    node_->file->write(offset, bytes.first(count), machine_->order);
    machine_->trace(count);
    if (fate.is_last || fate.os_errno != 0) return machine_->fail(fate, "write", path_);
    return count;
  }

  Result<void> sync_data() override {
    const std::unique_lock lock{machine_->mutex};
    EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::sync, path_, true, run_));
    if (fate.is_last) return machine_->fail(fate, "sync", path_);
    if (fate.os_errno == 0)
      node_->file->sync();
    else if (fate.os_errno != EINTR)
      node_->file->fail_sync(machine_->random);
    if (fate.os_errno != 0) return machine_->fail(fate, "sync", path_);
    return {};
  }

  Result<std::uint64_t> size() override {
    const std::unique_lock lock{machine_->mutex};
    EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::size, path_, false, run_));
    if (fate.os_errno != 0) return machine_->fail(fate, "find the size of", path_);
    return node_->file->size();
  }

  Result<std::shared_ptr<Mapping>> map(std::size_t bytes, MapMode mode) override {
    const std::unique_lock lock{machine_->mutex};
    EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::map, path_, false, run_, bytes));
    if (bytes > node_->file->memory()->bytes_max()) fate.os_errno = ENOMEM;
    if (fate.os_errno != 0) return machine_->fail(fate, "map", path_);
    if (mode == MapMode::read_write) node_->file->watch_stores();
    return std::make_shared<SimulatedMapping>(node_->file->memory(), bytes);
  }

  Result<bool> try_lock() override {
    const std::unique_lock lock{machine_->mutex};
    EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::lock, path_, false, run_));
    if (fate.os_errno != 0) return machine_->fail(fate, "lock", path_);
    if (node_->locked_by != nullptr && node_->locked_by != this) return false;
    node_->locked_by = this;
    return true;
  }

 private:
  bool drawn(unsigned in_10000) { return in_10000 != 0 && machine_->random.below(10000) < in_10000; }

  // How many of `count` bytes the disk has room for.
  std::size_t take_space(std::uint64_t offset, std::size_t count) {
    auto& free = machine_->free_bytes;
    const auto size = node_->file->size();
    if (!free || offset + count <= size) return count;
    const auto grown = std::min<std::uint64_t>(offset + count - size, *free);
    *free -= grown;
    return size + grown <= offset ? 0 : static_cast<std::size_t>(size + grown - offset);
  }

  std::shared_ptr<Machine> machine_;
  const std::uint64_t run_;
  SimulatedNodePointer node_;
  std::string path_;
};

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

Result<std::unique_ptr<File>> SimulatedDisk::open(const std::string& path, OpenMode mode) {
  const std::unique_lock lock{machine_->mutex};
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
  const std::unique_lock lock{machine_->mutex};
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
  const std::unique_lock lock{machine_->mutex};
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
  const std::unique_lock lock{machine_->mutex};
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
    const std::unique_lock lock{machine_->mutex};
    const auto node = machine_->entries.find(directory);
    if (node && node->file) return machine_->fail({false, ENOTDIR}, "make directory", directory);
    if (node && machine_->is_running) return {};
  }
  const std::string parent{SimulatedEntries::parent_path(directory)};
  if (!parent.empty()) EVENTSTORE_TRY(make_directories(parent));
  {
    const std::unique_lock lock{machine_->mutex};
    EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::make_directory, directory, true, machine_->run));
    if (fate.os_errno == 0 && !(fate.is_last && machine_->random.chance(50)))
      machine_->entries.put(machine_->entries.directory_of(directory), SimulatedEntries::last_name(directory),
                            std::make_shared<SimulatedNode>(), machine_->order);
    if (fate.is_last || fate.os_errno != 0) return machine_->fail(fate, "make directory", directory);
  }
  return sync_directory(parent);
}

Result<void> SimulatedDisk::sync_directory(const std::string& directory) {
  const std::unique_lock lock{machine_->mutex};
  EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::sync_directory, directory, true, machine_->run));
  const auto node = machine_->entries.find(directory);
  if (fate.os_errno == 0 && (!node || node->file)) fate.os_errno = node ? ENOTDIR : ENOENT;
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

}  // namespace eventstore::inline v1
