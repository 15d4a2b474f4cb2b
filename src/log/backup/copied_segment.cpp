#include "copied_segment.hpp"

#include <fmt/format.h>

#include "../files/copy_file.hpp"

namespace eventstore::engine {
namespace {

// Damage of a copy, with its remedy.
Error damaged_copy(Error error, const CopiedFile& file) {
  if (error.code == Errc::not_found) error = {Errc::corrupt_record, "read", error.where, "the file is missing"};
  if (error.code != Errc::corrupt_record) return error;
  error.detail += "; the backup is damaged: restore from another copy of the backup";
  if (file.first_position > 1) error.detail += fmt::format(", or up to position {} only", file.first_position - 1);
  return error;
}

Error unlike_manifest(const std::string& path, const CopiedFile& file) {
  return damaged_copy({Errc::corrupt_record, "read", path, "the file differs from the backup's manifest"}, file);
}

}  // namespace

CopiedSegment::CopiedSegment(std::shared_ptr<Segment> segment, const CopiedFile& file)
    : file_{file}, segment_{std::move(segment)}, commits_{std::make_unique<CommitReader>(*segment_, file.bytes)} {
  checksum_.add(BytesView{segment_->data(), sizeof(format::SegmentHeader)});
}

Result<CopiedSegment> CopiedSegment::open(const BackupDirectory& directory, const BackupManifest& manifest,
                                          const CopiedFile& file, const CopiedFile* before) {
  auto segment = directory.store().open_segment(file.number, manifest.store_id, OpenMode::read);
  if (!segment) return failure(damaged_copy(std::move(segment.error()), file));
  const auto header = (*segment)->header();
  const bool fits = header.generation == file.generation && header.first_position == file.first_position &&
                    (before == nullptr || header.previous_checksum == before->chain);
  if (!fits) return failure(unlike_manifest((*segment)->path(), file));
  return CopiedSegment{std::move(*segment), file};
}

Result<BytesView> CopiedSegment::next() {
  auto commit = commits_->next();
  if (!commit) return failure(damaged_copy(std::move(commit.error()), file_));
  checksum_.add(*commit);
  if (!commit->empty()) return commit;
  const auto& end = commits_->end();
  const bool is_same = end.offset == file_.bytes && end.last_commit == file_.last_commit && end.chain == file_.chain &&
                       end.next_position == file_.next_position && end.recorded_at == file_.recorded_at &&
                       end.is_finished == (file_.is_finished == 1) && checksum_.value() == file_.checksum;
  if (!is_same) return failure(unlike_manifest(segment_->path(), file_));
  return commit;
}

Result<void> read_copied_file(const BackupDirectory& directory, const CopiedFile& file,
                              const std::function<Result<void>(BytesView)>& take) {
  const auto path = directory.segments() + "/" + name_of(file.kind, file.number);
  auto opened = directory.files().open(path, OpenMode::read);
  if (!opened) return failure(damaged_copy(std::move(opened.error()), file));
  Checksum checksum;
  auto read = read_pieces(**opened, path, file.bytes, [&](BytesView piece) {
    checksum.add(piece);
    return take(piece);
  });
  if (!read) return failure(damaged_copy(std::move(read.error()), file));
  if (checksum.value() != file.checksum) return failure(unlike_manifest(path, file));
  return {};
}

}  // namespace eventstore::engine
