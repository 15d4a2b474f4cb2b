#pragma once
// Zeros that are written after the last segment's end: docs/adr/0014-prepared-room.md.
#include <eventstore/os/file_system.hpp>

namespace eventstore::engine {

/// Threads: the thread that writes the commits.
class PreparedRoom {
 public:
  /// `bytes` at a time; 0: none.
  explicit PreparedRoom(std::size_t bytes) : bytes_{bytes} {}

  /// The file has been written up to here, with commits or with zeros.
  void reaches(std::uint64_t offset) { end_ = offset; }
  /// A commit of `commit_bytes` was written that ends at `end`, and its sync is awaited. Writes zeros behind it if the
  /// room is used up, never past `capacity`. A failed write is tried again at a later commit; until then the file
  /// grows.
  void keep_behind(File& file, std::uint64_t end, std::size_t commit_bytes, std::uint64_t capacity);

 private:
  const std::size_t bytes_;
  std::uint64_t end_ = 0;
};

}  // namespace eventstore::engine
