#pragma once
// The file that lists the contents of a backup: docs/operate/backup.md, in C++.
#include <eventstore/core/result.hpp>

#include "../bytes/format.hpp"

namespace eventstore::engine {

enum class CopyKind : std::uint32_t {
  segment = 1,
  seal = 2,             ///< tamper evidence of a finished segment
  expired = 3,          ///< the store's file `expired`, about dropped segments before the backup's first
  expired_streams = 4,  ///< the table that belongs to it
  expired_states = 5,   ///< the kept states that belong to it; absent where it has none
};

/// One file of a backup. The end of a segment's chain identifies its history.
struct CopiedFile {
  CopyKind kind = CopyKind::segment;
  std::uint32_t number = 0;       ///< of the segment
  std::uint32_t generation = 0;   ///< of the segment; 0 of others
  std::uint32_t is_finished = 0;  ///< 1 where the segment is finished, so that it never grows again
  std::uint64_t bytes = 0;        ///< the file may be longer; further bytes do not count
  std::uint64_t checksum = 0;     ///< of these bytes
  // Of segments; 0 of others.
  std::uint64_t first_position = 0;  ///< as in the segment's header
  std::uint64_t next_position = 0;   ///< after its last commit
  std::uint64_t last_commit = 0;     ///< offset of its last commit; 0 where it has none
  std::uint64_t chain = 0;           ///< checksum of its last commit, or of the one before the segment
  std::int64_t recorded_at = 0;      ///< of its last commit, or of the one before the segment

  friend bool operator==(const CopiedFile&, const CopiedFile&) = default;
};
static_assert(sizeof(CopiedFile) == 72);

struct BackupManifest {
  Uuid store_id{};
  Timestamp made_at{};
  std::int64_t first_recorded_at = 0;  ///< of the first and the last event; 0 where there is none
  std::int64_t last_recorded_at = 0;
  format::ManifestBytes store{};    ///< the store's own manifest, as it is there
  std::vector<CopiedFile> files{};  ///< by number; a segment before its seal; what expired before all segments

  [[nodiscard]] const CopiedFile* find(CopyKind kind, std::uint32_t number) const;
  /// The first segment; null where there is none.
  [[nodiscard]] const CopiedFile* first_segment() const;
  /// The last segment; null where there is none.
  [[nodiscard]] const CopiedFile* last_segment() const;
  /// Puts `file` in its place, and replaces a file of the same kind and number.
  void put(const CopiedFile& file);
};

Bytes encode(const BackupManifest& manifest);

/// Errors: corrupt_record, newer_format, naming `path`. Memory: a few times the bytes.
Result<BackupManifest> decode_backup_manifest(BytesView bytes, const std::string& path);

}  // namespace eventstore::engine
