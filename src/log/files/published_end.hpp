#pragma once
// The shared file in which the writer publishes the end up to which readers in other processes may read. A hint about
// the log, never truth: it is not synced, and readers do not believe it after a restart of the machine.
#include <eventstore/log/event_log.hpp>
#include <eventstore/os/file_system.hpp>
#include <optional>

#include "../bytes/format.hpp"

namespace eventstore::engine {

/// Threads: publish takes turns with itself; everything else from any thread.
class PublishedEnd {
 public:
  /// Makes the file if it is missing, and does not change an existing one.
  static Result<PublishedEnd> open_to_publish(FileSystem& files, const std::string& path, const Uuid& store_id);
  /// Absent if there is no such file yet, or one of another store.
  static Result<std::optional<PublishedEnd>> open_to_follow(FileSystem& files, const std::string& path,
                                                            const Uuid& store_id);

  void publish(format::Location end, Position last) const;
  /// The end up to which readers may read; absent if no writer published one since the machine was started.
  [[nodiscard]] std::optional<format::Location> end() const;
  /// The position of the last event before `end`, or of a later one.
  [[nodiscard]] Position last() const;

  /// Changes with every publish: read it before looking, then wait on it.
  [[nodiscard]] std::uint32_t word() const;
  /// Returns when the word is no longer `seen`, or after `patience`; sometimes earlier.
  void wait(std::uint32_t seen, std::chrono::milliseconds patience) const;
  void wake() const;

 private:
  PublishedEnd(std::shared_ptr<Mapping> mapping, std::uint64_t boot) : mapping_{std::move(mapping)}, boot_{boot} {}

  std::shared_ptr<Mapping> mapping_;
  std::uint64_t boot_;
};

}  // namespace eventstore::engine
