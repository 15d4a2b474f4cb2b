#pragma once
// The only way to the disk. Tests put a simulated disk under all higher layers.
#include <atomic>
#include <cstdint>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/result.hpp>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

enum class OpenMode : std::uint8_t {
  read,        ///< must exist
  write,       ///< must exist; read and write
  create,      ///< read and write; made when missing
  create_new,  ///< read and write; must not exist
};

enum class MapMode : std::uint8_t { read, read_write };

/// Part of a file seen as memory, shared with every process that maps it. It may reach past the file's end; only bytes
/// that the file has may be touched. A byte that the disk cannot read, or that the file has lost since, reads as zero,
/// and has_failed() says so; a store to it reaches no file. Lifetime: independent of the File that gave it.
class Mapping {
 public:
  virtual ~Mapping() = default;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  [[nodiscard]] std::byte* data() const { return data_; }  ///< writable only where mapped with read_write
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Says that it will be touched here and there, so that the system reads nothing around what is touched. Promises
  /// nothing.
  virtual void expect_scattered_reads() {}
  /// Begins to read these bytes, which are touched soon. Promises nothing.
  virtual void read_ahead(std::size_t /*offset*/, std::size_t /*bytes*/) const {}
  /// Whether some byte of it could not be read since it was made. Cost: one load.
  [[nodiscard]] bool has_failed() const { return failed_.load(std::memory_order_acquire); }

 protected:
  Mapping(std::byte* data, std::size_t size) : data_{data}, size_{size} {}
  [[nodiscard]] std::atomic<bool>& failed() { return failed_; }

 private:
  std::byte* data_;
  std::size_t size_;
  std::atomic<bool> failed_{false};
};

/// An open file. Errors of all members: io_failed, out_of_space, read_only, each with os_errno and the path.
/// Threads: every member from any thread, as far as the bytes concerned differ.
class File {
 public:
  virtual ~File() = default;

  /// Reads up to `into.size()` bytes from `offset`; fewer at the end of the file.
  virtual Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into) = 0;
  /// Writes at least one byte of `bytes` at `offset`, and says how many.
  virtual Result<std::size_t> write_some(std::uint64_t offset, BytesView bytes) = 0;
  /// Returns when all written bytes are on the disk. After a failure the state of the written bytes is unknown.
  virtual Result<void> sync_data() = 0;
  /// Asks the system to start writing these bytes to the disk, so that the next sync has less to do. Promises nothing;
  /// the next sync reports a failure.
  virtual void start_write_back(std::uint64_t /*offset*/, std::uint64_t /*bytes*/) {}
  virtual Result<std::uint64_t> size() = 0;
  /// Maps the first `bytes` bytes, which may be more than the file has.
  virtual Result<std::shared_ptr<Mapping>> map(std::size_t bytes, MapMode mode) = 0;
  /// Takes the exclusive lock of this open file, until it is closed; false where another open file has it.
  virtual Result<bool> try_lock() = 0;
  /// Whether another open file has this file's lock. False where the file system cannot tell.
  virtual Result<bool> is_locked() { return false; }
  /// Whether the name `path` still leads to this file, which was opened by that name: not after it was removed or
  /// replaced. True where the file system cannot tell.
  virtual Result<bool> is_still_at(const std::string& /*path*/) { return true; }
};

/// Errors of all members: not_found (no such file or directory), io_failed, out_of_space, read_only, each with os_errno
/// and the path. Threads: every member from any thread.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  virtual Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) = 0;
  /// Puts `from` in the place of `to`; durable once the directory is synced.
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  virtual Result<void> remove(const std::string& path) = 0;
  /// The names in a directory, in byte order, without "." and "..".
  virtual Result<std::vector<std::string>> list(const std::string& directory) = 0;
  /// Makes `directory` and those above it where they are missing, and syncs what it changed.
  virtual Result<void> make_directories(const std::string& directory) = 0;
  virtual Result<void> sync_directory(const std::string& directory) = 0;

  /// Differs after every start of the machine; empty where the system does not tell.
  virtual std::string boot_id() = 0;
  /// A name of this process by which a person can find it: "4711@host".
  virtual std::string process_name() = 0;
};

/// Writes all of `bytes`, in as many steps as the file takes.
Result<void> write_all(File& file, std::uint64_t offset, BytesView bytes);
/// Reads from `offset` until `into` is full or the file ends; gives the number of bytes.
Result<std::size_t> read_all(File& file, std::uint64_t offset, std::span<std::byte> into);
/// The whole file, or its first `bytes_max` bytes where it is longer.
Result<Bytes> read_whole(File& file, std::size_t bytes_max);

/// The files of the machine this runs on.
class PosixFileSystem final : public FileSystem {
 public:
  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  Result<void> make_directories(const std::string& directory) override;
  Result<void> sync_directory(const std::string& directory) override;
  std::string boot_id() override;
  std::string process_name() override;
};

}  // namespace v1
}  // namespace eventstore
