#pragma once
// Private to app: the bytes of a file or of an open descriptor, unpacked where they are packed.
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "unpacker.hpp"

namespace eventstore::app {

/// Bytes that are read at once.
inline constexpr std::size_t block_bytes = std::size_t{1} << 18U;

/// Threads: one at a time.
class InputBytes {
 public:
  /// `descriptor` is closed with this. `path` is for messages. Errors: io_failed, also for a directory.
  static Result<std::unique_ptr<InputBytes>> of(int descriptor, std::string path);
  ~InputBytes();
  InputBytes(const InputBytes&) = delete;
  InputBytes& operator=(const InputBytes&) = delete;

  /// Calls `on_pause` whenever nothing has come for a tenth of a second, and once only until something comes again.
  /// From then on `stop` ends read() while it waits.
  void watch(std::function<Result<void>()> on_pause, std::stop_token stop);

  /// Fills `to` as far as one step goes; 0 at the end. Errors: invalid_argument, where the packed bytes are damaged or
  /// cut off; io_failed; out_of_memory; stopped; those of `on_pause`.
  Result<std::size_t> read(char* to, std::size_t room);

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Whether `path` names the file that is read.
  [[nodiscard]] bool is(const std::string& path) const;
  /// The part of the file that was read, 0 to 1; below 0 if its size is not known.
  [[nodiscard]] double part_read() const;

 private:
  InputBytes(int descriptor, std::string path, std::int64_t size);
  Result<bool> take();
  Result<void> wait();
  Result<void> begin();

  const int descriptor_;
  const std::string path_;
  const std::int64_t size_;  // of the file as it lies on disk; -1 where it is not known
  std::int64_t taken_ = 0;   // of it so far
  std::vector<char> packed_;
  std::size_t packed_at_ = 0;
  std::size_t packed_end_ = 0;
  bool has_begun_ = false;
  std::unique_ptr<Unpacker> unpacker_;  // null where the bytes are not packed
  std::optional<Error> damage_;         // behind the unpacked bytes; reported once they are taken
  std::function<Result<void>()> on_pause_;
  std::stop_token stop_;
};

}  // namespace eventstore::app
