#pragma once
// A file of a copy: a new file gets its name only when it is whole and on the disk; an existing file grows past the
// bytes that readers rely on.
#include <optional>

#include "../bytes/checksum.hpp"
#include "whole_file.hpp"

namespace eventstore::engine {

/// Writes through a buffer. Threads: one at a time.
class CopyFile {
 public:
  /// Begins the file `directory`/`name`, under `NAME.tmp` until finish(). Replaces a half-made one.
  static Result<CopyFile> begin(FileSystem& files, const std::string& directory, const std::string& name);
  /// Continues the existing file after its first `bytes`; these are read into the checksum and not changed. Later bytes
  /// are written over. Errors: corrupt_record, if the file is shorter.
  static Result<CopyFile> extend(FileSystem& files, const std::string& directory, const std::string& name,
                                 std::uint64_t bytes);

  Result<void> add(BytesView bytes);
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// Of all bytes, from the file's first on.
  [[nodiscard]] std::uint64_t checksum() const { return checksum_.value(); }
  /// Returns when the file is on the disk under its name.
  Result<void> finish();

 private:
  CopyFile() = default;
  [[nodiscard]] File& file() const { return whole_ ? whole_->file() : *grown_; }
  Result<void> flush();

  std::optional<WholeFile> whole_;  // one that is begun
  std::unique_ptr<File> grown_;     // or one that was there
  Bytes buffer_;
  std::uint64_t bytes_ = 0;
  Checksum checksum_;
};

/// Gives the first `bytes` of `file` to `take`, which returns Result<void>, one piece after another.
/// Errors: corrupt_record, if the file is shorter; those of the file and of `take`.
template <class Take> Result<void> read_pieces(File& file, const std::string& path, std::uint64_t bytes, Take take) {
  Bytes piece(std::size_t{1} << 18);
  for (std::uint64_t at = 0; at < bytes;) {
    const auto wanted = std::min<std::uint64_t>(piece.size(), bytes - at);
    EVENTSTORE_TRY_ASSIGN(const auto got, file.read_some(at, std::span{piece}.first(wanted)));
    if (got == 0) return failure(Errc::corrupt_record, "read", path, "the file is too short");
    EVENTSTORE_TRY(take(BytesView{piece}.first(got)));
    at += got;
  }
  return {};
}

/// Replaces the file of that name by one with `bytes`.
Result<void> replace_file(FileSystem& files, const std::string& directory, const std::string& name, BytesView bytes);

/// The names in a directory; none if there is no such directory.
Result<std::vector<std::string>> names_in(FileSystem& files, const std::string& directory);

}  // namespace eventstore::engine
