#pragma once
// Tells the caller the progress of a copy, and asks whether to continue.
#include <eventstore/file_log/backup.hpp>
#include <new>

namespace eventstore::engine {

class CopyMeter {
 public:
  explicit CopyMeter(const OnCopyProgress& on_progress) : on_progress_{on_progress} {}

  void expect(std::uint64_t bytes) { progress_.bytes_total += bytes; }
  /// Errors: stopped; user_exception, where the callback threw.
  Result<void> add(std::uint64_t bytes) {
    progress_.bytes_done += bytes;
    if (!on_progress_ || progress_.bytes_done < next_) return {};
    next_ = progress_.bytes_done + step_bytes;
    try {
      if (on_progress_(progress_)) return {};
      return failure(Errc::stopped, "copy", {}, "the caller asked to stop: call again to complete the copy");
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& thrown) {
      return failure(Errc::user_exception, "copy", {}, thrown.what());
    } catch (...) {
      return failure(Errc::user_exception, "copy", {}, "the progress callback threw");
    }
  }

 private:
  static constexpr std::uint64_t step_bytes = std::uint64_t{1} << 18;
  const OnCopyProgress& on_progress_;
  CopyProgress progress_;
  std::uint64_t next_ = 0;
};

}  // namespace eventstore::engine
