#pragma once
// A segment of a backup, read to the end that the manifest states, and compared with the manifest.
#include "../bytes/checksum.hpp"
#include "../files/commit_reader.hpp"
#include "backup_directory.hpp"

namespace eventstore::engine {

/// Threads: one at a time.
class CopiedSegment {
 public:
  /// `before` is the segment before it in the manifest; null for the first. Errors: corrupt_record, newer_format.
  static Result<CopiedSegment> open(const BackupDirectory& directory, const BackupManifest& manifest,
                                    const CopiedFile& file, const CopiedFile* before);

  [[nodiscard]] format::SegmentHeader header() const { return segment_->header(); }
  /// The next commit, checked; empty at the end, after the whole file agreed with the manifest.
  /// Lifetime: until the next call. Errors: corrupt_record, newer_format, io_failed.
  Result<BytesView> next();
  [[nodiscard]] const CommitReader::End& end() const { return commits_->end(); }

 private:
  CopiedSegment(std::shared_ptr<Segment> segment, const CopiedFile& file);

  CopiedFile file_;
  std::shared_ptr<Segment> segment_;
  std::unique_ptr<CommitReader> commits_;
  Checksum checksum_;
};

/// Reads the file that `file` describes, which is no segment, gives its bytes to `take`, and compares it with the
/// manifest at the end.
Result<void> read_copied_file(const BackupDirectory& directory, const CopiedFile& file,
                              const std::function<Result<void>(BytesView)>& take);

}  // namespace eventstore::engine
