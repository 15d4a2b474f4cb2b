#pragma once
// The shared file in which the writer publishes the end up to which readers in other processes may read. A hint about
// the log, never truth: it is not synced, and readers do not believe it after a restart of the machine.
#include <eventstore/log/event_log.hpp>
#include <eventstore/os/file_system.hpp>
#include <optional>

#include "../bytes/format.hpp"

namespace eventstore::engine {

/// What a writer says when it closes a log: all before `synced` is on the disk, and so are the names of the segments.
/// Up to `end` follows what needs no promise: the closing mark.
struct LeftLog {
  format::Location synced{};
  format::Location end{};
  std::uint64_t checksum = 0;  ///< of the last commit before `end`
};

/// Threads: publish takes turns with itself; everything else from any thread.
class PublishedEnd {
 public:
  /// Makes the file if it is missing, and does not change an existing one, unless the system does not tell when the
  /// machine was started: then an earlier writer's end is taken back.
  static Result<PublishedEnd> open_to_publish(FileSystem& files, const std::string& path, const Uuid& store_id);
  /// Absent if there is no such file yet, or one of another store.
  static Result<std::optional<PublishedEnd>> open_to_follow(FileSystem& files, const std::string& path,
                                                            const Uuid& store_id);

  /// What the writer before this one said when it closed the log; absent if it did not come to it. It is true of a log
  /// that ends so.
  [[nodiscard]] const std::optional<LeftLog>& left() const { return left_; }
  /// Says it. The caller writes nothing to the log afterwards.
  void leave(const LeftLog& left) const;
  /// Takes back what leave() said: from now on the log is changed.
  void begin() const;

  /// Moves the end forward. An end before the one that was published since the machine was started changes nothing: a
  /// thread of a writer that is closed may come late.
  void publish(format::Location end, Position last) const;
  /// The end up to which readers may read; absent if no writer published one since the machine was started, or if the
  /// system does not tell when that was.
  [[nodiscard]] std::optional<format::Location> end() const;
  /// Likewise, or the end that a writer published at a time of which the system does not tell whether it was before the
  /// machine was started: to be believed only while a writer appends.
  [[nodiscard]] std::optional<format::Location> end_of_writer() const;
  /// The position of the last event before `end`, or of a later one.
  [[nodiscard]] Position last() const;
  /// Whether the file still has its name and its length: readers that come later find another one, or none, if it does
  /// not. A file that was cut, or that the disk cannot read or write, is not in place.
  [[nodiscard]] Result<bool> is_in_place() const;

  /// Changes with every publish: read it before looking, then wait on it.
  [[nodiscard]] std::uint32_t word() const;
  /// Returns when the word is no longer `seen`, or after `patience`; sometimes earlier.
  void wait(std::uint32_t seen, std::chrono::milliseconds patience) const;
  void wake() const;

 private:
  PublishedEnd(std::unique_ptr<File> file, std::string path, std::shared_ptr<Mapping> mapping, std::uint64_t boot)
      : file_{std::move(file)}, path_{std::move(path)}, mapping_{std::move(mapping)}, boot_{boot} {}

  std::unique_ptr<File> file_;
  std::string path_;
  std::shared_ptr<Mapping> mapping_;
  std::uint64_t boot_;
  std::optional<LeftLog> left_;  // as it was read at opening
};

}  // namespace eventstore::engine
