#pragma once
// The contents of a backup's manifest, for callers.
#include <eventstore/file_log/backup.hpp>

#include "backup_manifest.hpp"

namespace eventstore::engine {

inline BackupState state_of(const BackupManifest& manifest) {
  const auto& last = *manifest.last_segment();
  BackupState state{.store_id = manifest.store_id,
                    .made_at = manifest.made_at,
                    .last = Position{last.next_position - 1},
                    .checksum = last.chain,
                    .first_recorded_at = Timestamp{manifest.first_recorded_at},
                    .last_recorded_at = Timestamp{manifest.last_recorded_at}};
  for (const auto& file : manifest.files) {
    state.segments += file.kind == CopyKind::segment ? 1 : 0;
    state.bytes += file.bytes;
  }
  return state;
}

}  // namespace eventstore::engine
