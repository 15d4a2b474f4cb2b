#include <eventstore/file_log/backup.hpp>

#include <fmt/format.h>

#include "../contract/guarded.hpp"
#include "../files/copy_file.hpp"
#include "../files/expired_statement.hpp"
#include "../files/kept_states.hpp"
#include "copied_segment.hpp"
#include "copy_meter.hpp"
#include "restore_target.hpp"

namespace eventstore {
inline namespace v1 {

using namespace engine;
namespace {

using format::CommitHeader;

// The store had dropped the wanted history before the first backup was made.
Error begins_later(const BackupDirectory& directory, const CopiedFile& first) {
  return {
      Errc::expired, "restore", directory.store().directory(),
      fmt::format("the backup begins after position {}: retention dropped the events before", first.first_position - 1),
      Position{first.first_position - 1}};
}

class RestoreRun {
 public:
  RestoreRun(const BackupDirectory& directory, const BackupManifest& manifest, RestoreTarget& target,
             const RestorePoint& point, const OnCopyProgress& on_progress)
      : directory_{directory}, manifest_{manifest}, target_{target}, point_{point}, meter_{on_progress} {
    report_.store_id = manifest.store_id;
    for (const auto& file : manifest.files)
      if (!point.position || file.first_position <= point.position->value) meter_.expect(file.bytes);
  }

  Result<RestoreReport> run() {
    const CopiedFile* before = nullptr;
    for (const auto& file : manifest_.files) {
      if (file.kind != CopyKind::segment) {
        if (!is_at_point_) EVENTSTORE_TRY(restore_file(file));
        continue;
      }
      if (is_at_point_) break;
      EVENTSTORE_TRY(restore_segment(file, before));
      before = &file;
    }
    EVENTSTORE_TRY(target_.finish(manifest_.store));
    return report_;
  }

 private:
  Result<void> restore_segment(const CopiedFile& file, const CopiedFile* before);
  Result<CopyFile> begin_copy(const CopiedSegment& segment, const std::string& name);
  Result<void> restore_file(const CopiedFile& file);
  bool is_wanted(const CommitHeader& commit);
  void count(const CommitHeader& commit);
  Result<void> finish(CopyFile& copy);

  const BackupDirectory& directory_;
  const BackupManifest& manifest_;
  RestoreTarget& target_;
  const RestorePoint point_;
  CopyMeter meter_;
  bool is_at_point_ = false;  // nothing more is restored
  RestoreReport report_;
};

// A segment of which nothing is wanted is not begun, except the first: a store has one.
Result<void> RestoreRun::restore_segment(const CopiedFile& file, const CopiedFile* before) {
  EVENTSTORE_TRY_ASSIGN(auto segment, CopiedSegment::open(directory_, manifest_, file, before));
  std::optional<CopyFile> copy;
  const auto name = name_of(file.kind, file.number);
  if (before == nullptr) {
    if (file.number > 1 && point_.time && point_.time->micros < segment.header().recorded_at)
      return failure(begins_later(directory_, file));
    report_.checksum = segment.header().previous_checksum;
    EVENTSTORE_TRY_ASSIGN(copy, begin_copy(segment, name));
  }
  for (;;) {
    EVENTSTORE_TRY_ASSIGN(const auto commit, segment.next());
    if (commit.empty()) break;
    const auto header = format::load<CommitHeader>(commit.data());
    // Past the point the file is only read, to hold all of it against the manifest.
    is_at_point_ = is_at_point_ || !is_wanted(header);
    if (is_at_point_ && !copy) return {};
    if (!copy) {
      EVENTSTORE_TRY_ASSIGN(copy, begin_copy(segment, name));
    }
    if (!is_at_point_) {
      EVENTSTORE_TRY(copy->add(commit));
      count(header);
    }
    EVENTSTORE_TRY(meter_.add(commit.size()));
  }
  return copy ? finish(*copy) : Result<void>{};
}

Result<CopyFile> RestoreRun::begin_copy(const CopiedSegment& segment, const std::string& name) {
  EVENTSTORE_TRY_ASSIGN(auto copy, CopyFile::begin(target_.files(), target_.segments(), name));
  const auto header = segment.header();
  EVENTSTORE_TRY(copy.add(format::bytes_of(header)));
  EVENTSTORE_TRY(meter_.add(sizeof header));
  ++report_.segments;
  return copy;
}

Result<void> RestoreRun::finish(CopyFile& copy) {
  report_.bytes += copy.bytes();
  return copy.finish();
}

// Seals stand in the folder of the segments. The statement of dropped segments, its table and its states stand above,
// under their names in a store.
Result<void> RestoreRun::restore_file(const CopiedFile& file) {
  const auto name = file.kind == CopyKind::seal              ? name_of(file.kind, file.number)
                    : file.kind == CopyKind::expired         ? std::string{"expired"}
                    : file.kind == CopyKind::expired_streams ? expired_streams_name(file.number)
                                                             : kept_states_name(file.number);
  const auto directory = file.kind == CopyKind::seal ? target_.segments() : target_.directory();
  EVENTSTORE_TRY_ASSIGN(auto copy, CopyFile::begin(target_.files(), directory, name));
  const auto take = [&](BytesView piece) {
    auto added = copy.add(piece);
    return added ? meter_.add(piece.size()) : added;
  };
  EVENTSTORE_TRY(read_copied_file(directory_, file, take));
  return finish(copy);
}

bool RestoreRun::is_wanted(const CommitHeader& commit) {
  if (point_.time && commit.recorded_at > point_.time->micros) return false;
  const auto last = commit.first_position + commit.event_count - 1;
  if (!point_.position || last <= point_.position->value) return true;
  if (commit.first_position <= point_.position->value) {
    report_.left_out_first = Position{commit.first_position};
    report_.left_out_last = Position{last};
  }
  return false;
}

void RestoreRun::count(const CommitHeader& commit) {
  report_.checksum = commit.checksum;
  if (commit.event_count == 0) return;
  report_.last = Position{commit.first_position + commit.event_count - 1};
  report_.last_recorded_at = Timestamp{commit.recorded_at};
}

Result<RestoreReport> restore_from(const BackupDirectory& directory, FileSystem& to_files,
                                   const std::string& store_directory, const RestorePoint& point,
                                   const OnCopyProgress& on_progress) {
  EVENTSTORE_TRY_ASSIGN(const auto manifest, directory.existing_manifest());
  const Position last{manifest.last_segment()->next_position - 1};
  if (point.position && *point.position > last)
    return failure(Error{Errc::not_found, "restore", directory.store().directory(),
                         fmt::format("the backup ends at position {}", last.value), *point.position});
  const auto& first = *manifest.first_segment();
  if (point.position && first.number > 1 && point.position->value + 1 < first.first_position)
    return failure(begins_later(directory, first));
  EVENTSTORE_TRY_ASSIGN(auto target, RestoreTarget::begin(to_files, store_directory));
  auto report = RestoreRun{directory, manifest, target, point, on_progress}.run();
  if (report) report->backup_last = last;
  return report;
}

}  // namespace

Result<RestoreReport> restore(FileSystem& from_files, const std::string& backup_directory, FileSystem& to_files,
                              const std::string& store_directory, const RestorePoint& point,
                              const OnCopyProgress& on_progress) {
  return guarded("restore", store_directory, [&]() -> Result<RestoreReport> {
    return restore_from(BackupDirectory{from_files, backup_directory}, to_files, store_directory, point, on_progress);
  });
}

}  // namespace v1
}  // namespace eventstore
