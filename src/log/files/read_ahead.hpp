#pragma once
// Reads a file from front to back in large pieces.
#include <eventstore/os/file_system.hpp>
#include <vector>

namespace eventstore::engine {

/// Not a mapping: a sector that cannot be read is an error here, and there the end of the process. And what was checked
/// is what is used, also while a writer appends to the file. Threads: one at a time.
class ReadAhead {
 public:
  /// At least `wanted` bytes from `offset` on, unless `end` or the file's end comes first. Lifetime: until the next
  /// call.
  Result<BytesView> bytes(File& file, std::uint64_t offset, std::size_t wanted, std::uint64_t end);
  /// Gives the memory back: the next call reads from the file again.
  void forget() { Bytes{}.swap(buffer_); }

 private:
  Bytes buffer_;
  std::uint64_t buffer_at_ = 0;  // offset in the file of the buffer's first byte
};

/// A stretch of a file that the disk cannot read.
struct Unreadable {
  std::uint64_t offset = 0;  ///< of its first byte in the file
  Error error{};
};

/// Reads as far as the disk can; bytes that it cannot read are zeros, as are bytes past the file's end. Errors: all but
/// io_failed.
Result<std::vector<Unreadable>> read_past_errors(File& file, std::uint64_t at, std::span<std::byte> into);

}  // namespace eventstore::engine
