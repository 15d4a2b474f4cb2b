#include <eventstore/file_log/backup.hpp>

#include "../contract/guarded.hpp"
#include "backup_state.hpp"
#include "copied_segment.hpp"
#include "copy_meter.hpp"

namespace eventstore {
inline namespace v1 {

using namespace engine;
namespace {

Result<void> check_segment(CopiedSegment segment, CopyMeter& meter) {
  EVENTSTORE_TRY(meter.add(sizeof(format::SegmentHeader)));
  for (;;) {
    EVENTSTORE_TRY_ASSIGN(const auto commit, segment.next());
    if (commit.empty()) return {};
    EVENTSTORE_TRY(meter.add(commit.size()));
  }
}

Result<BackupCheck> check(const BackupDirectory& directory, const OnCopyProgress& on_progress) {
  EVENTSTORE_TRY_ASSIGN(const bool is_in_progress, directory.is_in_progress());
  EVENTSTORE_TRY_ASSIGN(const auto manifest, directory.existing_manifest());
  const auto state = state_of(manifest);
  CopyMeter meter{on_progress};
  meter.expect(state.bytes);
  const CopiedFile* before = nullptr;
  for (const auto& file : manifest.files) {
    if (file.kind == CopyKind::segment) {
      EVENTSTORE_TRY_ASSIGN(auto segment, CopiedSegment::open(directory, manifest, file, before));
      EVENTSTORE_TRY(check_segment(std::move(segment), meter));
      before = &file;
    } else {
      EVENTSTORE_TRY(read_copied_file(directory, file, [&](BytesView piece) { return meter.add(piece.size()); }));
    }
  }
  return BackupCheck{state, !is_in_progress};
}

}  // namespace

Result<BackupCheck> check_backup(FileSystem& files, const std::string& backup_directory,
                                 const OnCopyProgress& on_progress) {
  return guarded("check the backup", backup_directory, [&]() -> Result<BackupCheck> {
    return check(BackupDirectory{files, backup_directory}, on_progress);
  });
}

}  // namespace v1
}  // namespace eventstore
