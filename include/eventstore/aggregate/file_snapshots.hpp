#pragma once
// Snapshots in files, next to the log. Layout: docs/adr/0012-snapshots.md.
#include <eventstore/aggregate/snapshot_store.hpp>
#include <eventstore/os/file_system.hpp>
#include <mutex>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The largest file of one snapshot.
inline constexpr std::size_t snapshot_bytes_max = std::size_t{64} * 1024 * 1024;

/// A directory a stream, a file a snapshot. Of the older ones, fewer are kept the older they are: at most one of each
/// age from 2^n to 2^(n+1) events, so that earlier versions load quickly too, and a stream of a million events has
/// twenty. Only the process that writes the log may write here; any number of processes may read at the same time.
class FileSnapshots final : public SnapshotStore {
 public:
  enum class Mode : std::uint8_t { read_write, read_only };

  /// `files` outlives this. Touches nothing: `directory` is made when the first snapshot comes.
  FileSnapshots(FileSystem& files, std::string directory, Mode mode = Mode::read_write)
      : files_{files}, directory_{std::move(directory)}, mode_{mode} {}

  /// Nothing is synced: the checksum shows a file that a power cut has torn. Cost: one file written, and renamed.
  Result<void> put(const StreamId& stream, const Snapshot& snapshot) override;
  /// Cost: one listing of the stream's directory, one file read.
  Result<std::optional<Snapshot>> newest(const StreamId& stream, Version last) override;
  Result<void> remove(const StreamId& stream, Version version) override;
  /// Unlinks the files, and returns when that is on the disk. It does not overwrite them: no file system promises that
  /// this would reach the places where the bytes are. Cost: one listing, the files of the stream.
  Result<void> remove_all(const StreamId& stream) override;
  [[nodiscard]] bool may_write() const override { return mode_ == Mode::read_write; }

  /// The directory of the snapshots of `stream`.
  [[nodiscard]] std::string directory_of(const StreamId& stream) const;

 private:
  [[nodiscard]] Result<std::vector<Version>> versions(const std::string& directory) const;
  [[nodiscard]] Result<void> write(const std::string& directory, Version version, BytesView bytes);
  void thin_out(const std::string& directory);

  FileSystem& files_;
  const std::string directory_;
  const Mode mode_;
  std::mutex writing_;  // one put at a time: two of one version would share a temporary file
};

}  // namespace v1
}  // namespace eventstore
