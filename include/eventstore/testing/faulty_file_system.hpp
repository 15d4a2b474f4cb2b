#pragma once
// A file system over a working one, in which a test makes calls fail. It simulates nothing but the failing call.
#include <atomic>
#include <eventstore/os/file_system.hpp>
#include <eventstore/testing/detail/file_call.hpp>

namespace eventstore {
inline namespace v1 {

/// Asking for a size or a lock and listing never fail here. Threads: every member from any thread; one plan at a time.
class FaultyFileSystem final : public FileSystem {
 public:
  /// `real` outlives this object, and this object outlives the files that it opens.
  explicit FaultyFileSystem(FileSystem& real) : real_{real} {}

  /// The `nth` call of this kind from now on (1: the next; opening counts where it may write) fails with `os_errno`,
  /// and so do those after it until heal(). A failing write has first written `bytes_written` bytes of its data.
  void fail(FileCall call, int nth, int os_errno, std::size_t bytes_written = 0);
  /// Writes take at most `bytes` at a time; 0: no limit.
  void write_short(std::size_t bytes) { short_write_ = bytes; }
  void heal() { countdown_ = 0; }
  /// The number of calls of this kind.
  [[nodiscard]] int calls(FileCall call) const { return calls_[static_cast<std::size_t>(call)]; }

  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override { return real_.list(directory); }
  Result<void> make_directories(const std::string& directory) override;
  Result<void> sync_directory(const std::string& directory) override;
  std::string boot_id() override { return boot_id_.empty() ? real_.boot_id() : boot_id_; }
  std::string process_name() override { return real_.process_name(); }
  /// As if the machine had been started again.
  void set_boot_id(std::string boot_id) { boot_id_ = std::move(boot_id); }

 private:
  class FaultyFile;
  // Counts the call; an error when it is to fail.
  Result<void> pass(FileCall call, const std::string& path);

  FileSystem& real_;
  std::string boot_id_;
  std::atomic<int> calls_[file_calls] = {};
  std::atomic<FileCall> failing_{FileCall::open};
  std::atomic<int> countdown_{0};  // 0: nothing fails; 1: all calls of the kind do
  std::atomic<int> os_errno_{0};
  std::atomic<std::size_t> bytes_written_{0};
  std::atomic<std::size_t> short_write_{0};
};

}  // namespace v1
}  // namespace eventstore
