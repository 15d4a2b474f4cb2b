#include <eventstore/file_log/backup.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "../contract/guarded.hpp"
#include "../files/commit_reader.hpp"
#include "../files/copy_file.hpp"
#include "../files/expired_statement.hpp"
#include "../files/kept_states.hpp"
#include "backup_directory.hpp"
#include "backup_source.hpp"
#include "backup_state.hpp"
#include "copy_meter.hpp"

namespace eventstore {
inline namespace v1 {

using namespace engine;
namespace {

/// One run. The files that the last complete run's manifest names are never changed: new files get new names, and the
/// last segment is only made longer.
class BackupRun {
 public:
  BackupRun(const BackupSource& source, const BackupDirectory& directory, const OnCopyProgress& on_progress)
      : source_{source}, directory_{directory}, meter_{on_progress} {}

  Result<BackupReport> run(const Clock& clock) {
    EVENTSTORE_TRY_ASSIGN(auto previous, directory_.read_manifest());
    if (previous) {
      EVENTSTORE_TRY(source_.check_continues(*previous));
      manifest_ = std::move(*previous);
      known_until_ = manifest_.last_segment()->next_position;
      first_segment_ = manifest_.first_segment()->number;
      first_position_ = manifest_.first_segment()->first_position;
    } else {
      EVENTSTORE_TRY(find_beginning());
    }
    manifest_.store_id = source_.manifest().store_id;
    manifest_.store = source_.manifest();
    EVENTSTORE_TRY(plan());
    EVENTSTORE_TRY(directory_.mark_in_progress());
    EVENTSTORE_TRY(directory_.remove_leftovers());
    if (expired_) EVENTSTORE_TRY(copy_expired());
    for (const auto number : to_copy_) EVENTSTORE_TRY(copy_segment(number));
    EVENTSTORE_TRY(copy_seals());
    manifest_.made_at = clock.now();
    EVENTSTORE_TRY(directory_.replace_manifest(manifest_));
    EVENTSTORE_TRY(directory_.clear_in_progress());
    report_.state = state_of(manifest_);
    report_.files_kept = manifest_.files.size() - report_.files_copied;
    return report_;
  }

 private:
  Result<void> find_beginning();
  Result<void> copy_expired();
  Result<void> plan();
  [[nodiscard]] Result<bool> is_there(const CopiedFile& file) const;
  [[nodiscard]] Error copy_is_gone(const std::string& name) const;
  Result<void> expect(std::uint32_t number, std::uint64_t from);
  Result<void> copy_segment(std::uint32_t number);
  Result<void> copy_commits(CommitReader& commits, CopyFile& copy);
  [[nodiscard]] Result<void> check_end(const Segment& segment, const CommitReader::End& end) const;
  Result<CopyFile> open_copy(const Segment& segment, const CopiedFile* grown);
  Result<void> copy_seals();
  Result<void> copy_beside(CopyKind kind, std::uint32_t number, const std::string& path);

  const BackupSource& source_;
  const BackupDirectory& directory_;
  CopyMeter meter_;
  BackupManifest manifest_;
  std::optional<ExpiredStatement> expired_;  // the segments that the store dropped before a first backup
  std::uint32_t first_segment_ = 1;          // of the backup
  std::uint64_t first_position_ = 1;
  std::uint64_t known_until_ = 0;    // position from which on the manifest knows nothing yet
  std::set<std::uint32_t> missing_;  // segments that the manifest names, and whose copy is gone
  std::vector<std::uint32_t> to_copy_;
  BackupReport report_;
};

// A first backup begins where the store does.
Result<void> BackupRun::find_beginning() {
  EVENTSTORE_TRY_ASSIGN(expired_, read_expired(source_.store(), source_.manifest().store_id));
  if (expired_) {
    first_segment_ = expired_->last_segment() + 1;
    first_position_ = expired_->last().value + 1;
  }
  if (source_.has_segment(first_segment_)) return {};
  return failure(Errc::corrupt_record, "back up", source_.store().segment_path(first_segment_), "the file is missing");
}

Result<void> BackupRun::copy_expired() {
  const auto number = expired_->last_segment();
  const auto bytes = encode(*expired_);
  EVENTSTORE_TRY_ASSIGN(auto copy,
                        CopyFile::begin(directory_.files(), directory_.segments(), name_of(CopyKind::expired, number)));
  meter_.expect(bytes.size());
  EVENTSTORE_TRY(copy.add(bytes));
  EVENTSTORE_TRY(meter_.add(bytes.size()));
  EVENTSTORE_TRY(copy.finish());
  manifest_.put({.kind = CopyKind::expired, .number = number, .bytes = copy.bytes(), .checksum = copy.checksum()});
  ++report_.files_copied;
  report_.bytes_copied += copy.bytes();
  EVENTSTORE_TRY(copy_beside(CopyKind::expired_streams, number, source_.store().path(expired_streams_name(number))));
  if (!expired_->states) return {};
  return copy_beside(CopyKind::expired_states, number, source_.store().path(kept_states_name(number)));
}

// Which segments are copied: those whose copy is gone, and those after the last commit that was copied.
Result<void> BackupRun::plan() {
  for (const auto& file : manifest_.files) {
    if (file.kind == CopyKind::seal) continue;
    EVENTSTORE_TRY_ASSIGN(const bool is_copied, is_there(file));
    if (is_copied) continue;
    if (file.kind != CopyKind::segment || !source_.has_segment(file.number))
      return failure(copy_is_gone(name_of(file.kind, file.number)));
    missing_.insert(file.number);
    to_copy_.push_back(file.number);
    EVENTSTORE_TRY(expect(file.number, 0));
  }
  const auto* const last = manifest_.last_segment();
  const bool grows = last != nullptr && last->is_finished == 0 && !missing_.contains(last->number) &&
                     source_.end() > format::Location{last->number, static_cast<std::uint32_t>(last->bytes)};
  if (grows) {
    to_copy_.push_back(last->number);
    EVENTSTORE_TRY(expect(last->number, last->bytes));
  }
  // A segment waits for its first commit: until then a store that was restored to an earlier state may make it again,
  // with another header.
  const bool is_begun = source_.end().offset() > sizeof(format::SegmentHeader);
  const auto end = std::max(first_segment_, source_.end().segment() - (is_begun ? 0U : 1U));
  for (auto next = last == nullptr ? first_segment_ : last->number + 1; next <= end; ++next) {
    to_copy_.push_back(next);
    EVENTSTORE_TRY(expect(next, 0));
  }
  return {};
}

Result<bool> BackupRun::is_there(const CopiedFile& file) const {
  auto opened = directory_.files().open(directory_.segments() + "/" + name_of(file.kind, file.number), OpenMode::read);
  if (!opened && opened.error().code == Errc::not_found) return false;
  if (!opened) return failure_of(opened);
  EVENTSTORE_TRY_ASSIGN(const auto size, (*opened)->size());
  return size >= file.bytes;
}

Error BackupRun::copy_is_gone(const std::string& name) const {
  return {Errc::corrupt_record, "back up", directory_.segments() + "/" + name,
          "the copy is missing or cut off, and the store no longer has this file: back up to another directory, and "
          "keep this backup for its other files"};
}

Result<void> BackupRun::expect(std::uint32_t number, std::uint64_t from) {
  EVENTSTORE_TRY_ASSIGN(const auto segment, source_.open_segment(number));
  EVENTSTORE_TRY_ASSIGN(const auto limit, source_.limit_of(*segment));
  meter_.expect(limit - std::min(from, limit));
  return {};
}

Result<void> BackupRun::copy_segment(std::uint32_t number) {
  EVENTSTORE_TRY_ASSIGN(const auto segment, source_.open_segment(number));
  EVENTSTORE_TRY_ASSIGN(auto limit, source_.limit_of(*segment));
  const auto header = segment->header();
  const auto* const before = manifest_.find(CopyKind::segment, number - 1);
  if (before != nullptr &&
      (before->chain != header.previous_checksum || before->next_position != header.first_position))
    return failure(Errc::corrupt_record, "read", segment->path(), "the segment does not continue the one before");
  const auto* const known = manifest_.find(CopyKind::segment, number);
  const auto* const grown = missing_.contains(number) ? nullptr : known;
  // A copy that is gone is made again as it was, unless it is the last one.
  const bool is_made_again = known != nullptr && grown == nullptr && known != manifest_.last_segment();
  if (is_made_again) limit = known->bytes;
  auto commits = grown == nullptr ? CommitReader{*segment, limit}
                                  : CommitReader{*segment,
                                                 limit,
                                                 {.offset = grown->bytes,
                                                  .last_commit = grown->last_commit,
                                                  .chain = grown->chain,
                                                  .next_position = grown->next_position,
                                                  .recorded_at = grown->recorded_at}};
  EVENTSTORE_TRY_ASSIGN(auto copy, open_copy(*segment, grown));
  const auto begin = grown == nullptr ? 0 : grown->bytes;
  EVENTSTORE_TRY(copy_commits(commits, copy));
  const auto& end = commits.end();
  EVENTSTORE_TRY(check_end(*segment, end));
  const CopiedFile made{.number = number,
                        .generation = header.generation,
                        .is_finished = end.is_finished ? 1U : 0U,
                        .bytes = copy.bytes(),
                        .checksum = copy.checksum(),
                        .first_position = header.first_position,
                        .next_position = end.next_position,
                        .last_commit = end.last_commit,
                        .chain = end.chain,
                        .recorded_at = end.recorded_at};
  if (is_made_again && made != *known)
    return failure(Errc::corrupt_record, "read", segment->path(), "the segment is not the one that was backed up");
  EVENTSTORE_TRY(copy.finish());
  manifest_.put(made);
  ++report_.files_copied;
  report_.bytes_copied += copy.bytes() - begin;
  return {};
}

Result<CopyFile> BackupRun::open_copy(const Segment& segment, const CopiedFile* grown) {
  const auto name = name_of(CopyKind::segment, static_cast<std::uint32_t>(segment.header().number));
  if (grown == nullptr) {
    EVENTSTORE_TRY_ASSIGN(auto copy, CopyFile::begin(directory_.files(), directory_.segments(), name));
    const auto header = segment.header();
    EVENTSTORE_TRY(copy.add(format::bytes_of(header)));
    EVENTSTORE_TRY(meter_.add(sizeof header));
    return copy;
  }
  EVENTSTORE_TRY_ASSIGN(auto copy, CopyFile::extend(directory_.files(), directory_.segments(), name, grown->bytes));
  if (copy.checksum() == grown->checksum) return copy;
  return failure(Errc::corrupt_record, "back up", directory_.segments() + "/" + name,
                 "the copy is damaged: remove this file, and the next backup copies the segment again");
}

Result<void> BackupRun::copy_commits(CommitReader& commits, CopyFile& copy) {
  for (;;) {
    EVENTSTORE_TRY_ASSIGN(const auto commit, commits.next());
    if (commit.empty()) return {};
    EVENTSTORE_TRY(copy.add(commit));
    EVENTSTORE_TRY(meter_.add(commit.size()));
    const auto header = format::load<format::CommitHeader>(commit.data());
    if (header.event_count == 0 || header.first_position < known_until_) continue;
    if (header.first_position == first_position_) manifest_.first_recorded_at = header.recorded_at;
    manifest_.last_recorded_at = header.recorded_at;
  }
}

Result<void> BackupRun::check_end(const Segment& segment, const CommitReader::End& end) const {
  const bool is_last = segment.header().number == source_.end().segment();
  const auto flaw = !is_last && !end.is_finished                      ? "the segment ends without its finish mark"
                    : is_last && end.offset != source_.end().offset() ? "the file is shorter than what was published"
                                                                      : "";
  if (*flaw == '\0') return {};
  return failure(Error{Errc::corrupt_record, "read", segment.path(), fmt::format("offset {}: {}", end.offset, flaw),
                       Position{end.next_position}});
}

// Seals are made in the background, so each run looks for seals that the backup does not have yet.
Result<void> BackupRun::copy_seals() {
  EVENTSTORE_TRY_ASSIGN(const auto names, source_.store().files().list(source_.store().path("segments")));
  std::vector<std::uint32_t> wanted;
  for (const auto& file : manifest_.files) {
    if (file.kind != CopyKind::segment || file.is_finished == 0) continue;
    const auto name = name_of(CopyKind::seal, file.number);
    const auto* const known = manifest_.find(CopyKind::seal, file.number);
    bool is_wanted = std::binary_search(names.begin(), names.end(), name);
    if (known != nullptr) {
      EVENTSTORE_TRY_ASSIGN(const bool is_copied, is_there(*known));
      if (!is_copied && !is_wanted) return failure(copy_is_gone(name));
      is_wanted = !is_copied;
    }
    if (is_wanted) wanted.push_back(file.number);
  }
  for (const auto number : wanted)
    EVENTSTORE_TRY(copy_beside(CopyKind::seal, number, source_.store().seal_path(number)));
  return {};
}

Result<void> BackupRun::copy_beside(CopyKind kind, std::uint32_t number, const std::string& path) {
  const auto name = name_of(kind, number);
  EVENTSTORE_TRY_ASSIGN(const auto from, source_.store().files().open(path, OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const auto size, from->size());
  EVENTSTORE_TRY_ASSIGN(auto copy, CopyFile::begin(directory_.files(), directory_.segments(), name));
  meter_.expect(size);
  const auto take = [&](BytesView piece) {
    auto added = copy.add(piece);
    return added ? meter_.add(piece.size()) : added;
  };
  EVENTSTORE_TRY(read_pieces(*from, path, size, take));
  EVENTSTORE_TRY(copy.finish());
  manifest_.put({.kind = kind, .number = number, .bytes = copy.bytes(), .checksum = copy.checksum()});
  ++report_.files_copied;
  report_.bytes_copied += copy.bytes();
  return {};
}

}  // namespace

Result<BackupReport> backup(FileSystem& from_files, const std::string& store_directory, FileSystem& to_files,
                            const std::string& backup_directory, const Clock& clock,
                            const OnCopyProgress& on_progress) {
  return guarded("back up", backup_directory, [&]() -> Result<BackupReport> {
    EVENTSTORE_TRY_ASSIGN(auto source, BackupSource::open(from_files, store_directory));
    const BackupDirectory directory{to_files, backup_directory};
    EVENTSTORE_TRY_ASSIGN(const auto lock, directory.begin());
    // Only now, so that no other run has copied more than this one is to copy.
    EVENTSTORE_TRY(source.find_end());
    return BackupRun{source, directory, on_progress}.run(clock);
  });
}

}  // namespace v1
}  // namespace eventstore
