#pragma once
// One open file of a simulated disk.
#include "simulated_machine.hpp"

namespace eventstore {
inline namespace v1 {

/// Threads: every member from any thread. Every member fails once the run in which the file was opened is over.
class SimulatedDisk::OpenFile final : public File {
 public:
  /// Made while the machine's mutex is held.
  OpenFile(std::shared_ptr<Machine> machine, SimulatedNodePointer node, std::string path);
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() override;

  Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into) override;
  Result<std::size_t> write_some(std::uint64_t offset, BytesView bytes) override;
  Result<void> sync_data() override;
  Result<std::uint64_t> size() override;
  Result<std::shared_ptr<Mapping>> map(std::size_t bytes, MapMode mode) override;
  Result<bool> try_lock() override;
  Result<bool> is_locked() override;
  Result<bool> is_still_at(const std::string& path) override;

 private:
  void fail_on_lost(Fate& fate, std::uint64_t offset, std::uint64_t bytes) const;
  [[nodiscard]] bool drawn(unsigned in_10000);
  std::size_t bytes_to_write(const Fate& fate, std::size_t bytes);
  std::size_t take_space(std::uint64_t offset, std::size_t count);

  std::shared_ptr<Machine> machine_;
  const std::uint64_t run_;
  SimulatedNodePointer node_;
  std::string path_;
};

}  // namespace v1
}  // namespace eventstore
