#include "simulated_open_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace eventstore {
inline namespace v1 {
SimulatedDisk::OpenFile::OpenFile(std::shared_ptr<Machine> machine, SimulatedNodePointer node, std::string path)
    : machine_{std::move(machine)}, run_{machine_->run}, node_{std::move(node)}, path_{std::move(path)} {}

SimulatedDisk::OpenFile::~OpenFile() {
  const std::unique_lock lock{machine_->mutex};
  if (node_->locked_by == this) node_->locked_by = nullptr;
}

Result<std::size_t> SimulatedDisk::OpenFile::read_some(std::uint64_t offset, std::span<std::byte> into) {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::read, path_, false, run_, offset));
  fail_on_lost(fate, offset, into.size());
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

// All; of a call that fails nothing or a part; of the last call of a run nothing, a part or all.
std::size_t SimulatedDisk::OpenFile::bytes_to_write(const Fate& fate, std::size_t bytes) {
  auto& random = machine_->random;
  if (fate.os_errno == EFBIG || bytes == 0) return 0;
  if (fate.is_last || fate.os_errno != 0) return random.chance(50) ? 0 : random.below(bytes + (fate.is_last ? 1 : 0));
  return bytes > 1 && drawn(machine_->options.short_transfers_in_10000) ? 1 + random.below(bytes - 1) : bytes;
}

Result<std::size_t> SimulatedDisk::OpenFile::write_some(std::uint64_t offset, BytesView bytes) {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::write, path_, true, run_, offset));
  if (offset + bytes.size() > node_->file->memory()->bytes_max()) fate.os_errno = EFBIG;
  fail_on_lost(fate, offset, bytes.size());
  if (node_->file->has_lost(offset, bytes.size())) return machine_->fail(fate, "write", path_);
  const auto count = take_space(offset, bytes_to_write(fate, bytes.size()));
  if (!fate.is_last && fate.os_errno == 0 && count == 0 && !bytes.empty()) {
    fate.os_errno = ENOSPC;
    ++machine_->failures;
  }
  std::optional<Betrayal> betrayal;
  if (machine_->writes_to_betrayal > 0 && --machine_->writes_to_betrayal == 0) betrayal = machine_->betrayal;
  node_->file->write(offset, bytes.first(count), machine_->order, betrayal);
  machine_->trace(count);
  if (fate.is_last || fate.os_errno != 0) return machine_->fail(fate, "write", path_);
  return count;
}

Result<void> SimulatedDisk::OpenFile::sync_data() {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::sync, path_, true, run_));
  if (fate.is_last) return machine_->fail(fate, "sync", path_);
  if (fate.os_errno == 0)
    node_->file->sync();
  else if (fate.os_errno != EINTR)
    node_->file->fail_sync(machine_->random);
  if (fate.os_errno != 0) return machine_->fail(fate, "sync", path_);
  return {};
}

Result<std::uint64_t> SimulatedDisk::OpenFile::size() {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::size, path_, false, run_));
  if (fate.os_errno != 0) return machine_->fail(fate, "find the size of", path_);
  return node_->file->size();
}

Result<std::shared_ptr<Mapping>> SimulatedDisk::OpenFile::map(std::size_t bytes, MapMode mode) {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(auto fate, machine_->begin(FileCall::map, path_, false, run_, bytes));
  if (bytes > node_->file->memory()->bytes_max()) fate.os_errno = ENOMEM;
  if (fate.os_errno != 0) return machine_->fail(fate, "map", path_);
  if (mode == MapMode::read_write) node_->file->watch_stores();
  auto mapping = std::make_shared<SimulatedMapping>(node_->file->memory(), bytes);
  if (node_->file->has_lost(0, bytes)) mapping->fail();
  std::erase_if(node_->mappings, [](const auto& other) { return other.expired(); });
  node_->mappings.push_back(mapping);
  return mapping;
}

Result<bool> SimulatedDisk::OpenFile::try_lock() {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::lock, path_, false, run_));
  if (fate.os_errno != 0) return machine_->fail(fate, "lock", path_);
  if (node_->locked_by != nullptr && node_->locked_by != this) return false;
  node_->locked_by = this;
  return true;
}

Result<bool> SimulatedDisk::OpenFile::is_locked() {
  const auto lock = machine_->enter();
  EVENTSTORE_TRY_ASSIGN(const auto fate, machine_->begin(FileCall::lock, path_, false, run_));
  if (fate.os_errno != 0) return machine_->fail(fate, "look for the lock of", path_);
  return node_->locked_by != nullptr && node_->locked_by != this;
}

Result<bool> SimulatedDisk::OpenFile::is_still_at(const std::string& path) {
  const auto lock = machine_->enter();
  return machine_->entries.find(path) == node_;
}

// What a write changes in part has to be read first.
void SimulatedDisk::OpenFile::fail_on_lost(Fate& fate, std::uint64_t offset, std::uint64_t bytes) const {
  if (fate.os_errno != 0 || !node_->file->has_lost(offset, bytes)) return;
  fate.os_errno = EIO;
  ++machine_->failures;
}

bool SimulatedDisk::OpenFile::drawn(unsigned in_10000) {
  return in_10000 != 0 && machine_->random.below(10000) < in_10000;
}

// How many of `count` bytes the disk has room for.
std::size_t SimulatedDisk::OpenFile::take_space(std::uint64_t offset, std::size_t count) {
  auto& free = machine_->free_bytes;
  const auto size = node_->file->size();
  if (free && machine_->options.overwrites_need_space) count = std::min<std::uint64_t>(count, *free);
  if (!free || offset + count <= size) return count;
  const auto grown = std::min<std::uint64_t>(offset + count - size, *free);
  *free -= grown;
  return size + grown <= offset ? 0 : static_cast<std::size_t>(size + grown - offset);
}

}  // namespace v1
}  // namespace eventstore
