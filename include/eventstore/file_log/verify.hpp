#pragma once
// Checks a whole store and lists all damage. docs/operate/verify.md says what a check proves.
#include <eventstore/core/uuid.hpp>
#include <eventstore/file_log/seals.hpp>
#include <functional>
#include <vector>

namespace eventstore {
inline namespace v1 {

enum class FindingKind : std::uint8_t {
  damage,   ///< bytes differ from the written ones, or are missing
  altered,  ///< right by every checksum, and different from the history that was written or sealed
};

/// "damage" or "altered".
[[nodiscard]] std::string_view to_string(FindingKind kind);

/// One damaged or altered place.
struct Finding {
  FindingKind kind = FindingKind::damage;
  std::string file{};
  std::uint64_t offset = 0;  ///< in the file: of the commit, record, header or digest concerned
  Position first{};          ///< of the events concerned; 0: none
  Position last{};
  std::string what{};
  std::string advice{};
};

struct VerifyOptions {
  bool chain = false;                 ///< also hash every sealed event and compare with the seals
  bool repair = false;                ///< delete wrong index files and make all missing ones; the log is never changed
  std::optional<Digest> kept_head{};  ///< a seal digest kept elsewhere, the last or an earlier one; implies `chain`
  std::stop_token stop{};
};

struct VerifyProgress {
  std::uint64_t bytes_done = 0;
  std::uint64_t bytes_all = 0;
  std::uint64_t events = 0;
};

/// Where the kept digest was found.
enum class KeptHead : std::uint8_t {
  not_given,
  in_log,     ///< the log leads to it: the events that it covers are those that were sealed when it was kept
  in_seals,   ///< only the seal files have it: the log differs from them, see the findings
  expired,    ///< it covers only dropped segments: the kept headers of their seals have it, and lead to the log
  not_found,  ///< nothing leads to it
};

/// "not_given", "in_log", "in_seals", "expired" or "not_found".
[[nodiscard]] std::string_view to_string(KeptHead kept);

struct ChainReport {
  ChainHead head{};                ///< of the seal files
  Position covered_from{1};        ///< later where retention dropped segments that had no seal
  std::uint32_t seals = 0;         ///< seal files that were compared
  std::uint32_t expired = 0;       ///< seals of dropped segments, of which the header is kept
  std::uint32_t without_seal = 0;  ///< finished segments after the last of them, which are not covered yet
  KeptHead kept = KeptHead::not_given;
  std::uint32_t kept_segment = 0;  ///< whose seal the kept digest is; 0: not found
  Position kept_covers_to{};
};

/// A place where the log's clock ran ahead and was set back: a commit was recorded more than a day after the one before
/// it, and later ones bear the same recorded_at, which never decreases.
struct ClockJump {
  Position first{};  ///< of the first event that was recorded then
  Position last{};   ///< of the last one, up to which the clock had not caught up
  Timestamp before{};
  Timestamp after{};
};

struct VerifyReport {
  Uuid store_id{};
  std::uint32_t segments = 0;
  std::uint64_t commits = 0;
  std::uint64_t events = 0;
  std::uint64_t streams = 0;
  std::uint64_t bytes = 0;
  std::uint32_t archived = 0;  ///< the number of archived segments among `segments`; `bytes` counts them unpacked
  std::uint32_t expired_segments = 0;  ///< that retention dropped, which are counted nowhere else
  Position expired{};                  ///< the last position that retention dropped; 0: none
  std::uint64_t kept_states = 0;       ///< of streams of which retention dropped events
  std::optional<Digest>
      kept_states_digest{};                ///< stands for these states and all that earlier drops kept; none: absent
  Position last{};                         ///< the last position that was looked at
  std::vector<Finding> findings{};         ///< in the order of the check; empty: the store is sound
  std::vector<ClockJump> clock_jumps{};    ///< no damage, but retention and a restore to a time go by recorded_at
  std::uint64_t bytes_unacknowledged = 0;  ///< at the end, never promised to anyone: no damage
  std::vector<std::string> repaired{};     ///< index files that were deleted and made again
  std::optional<ChainReport> chain{};      ///< absent unless `chain` was asked for
};

/// Checks the manifest, the header of each segment, every commit and record, the chain of commits and segments, that
/// positions and each stream's versions have no gap, that a stream has one organization, that schemas are described
/// before their use, that recorded_at never decreases, and, if the log is sound, that each index file is the one that
/// the log gives. With `chain`: that every sealed event is the one that was sealed. Dropped segments are no damage: the
/// log has to continue the statement about them. Segments are read, and archived ones unpacked, one at a time, into
/// memory; bytes that the disk cannot read are findings. Commits that a writer publishes after the beginning are not
/// checked. `progress` is called about once a megabyte; it may be empty. Errors: not_found (no store); newer_format;
/// stopped; io_failed; out_of_memory. Damage of the store is no error; it stands in the report. Only `repair` writes,
/// and only index files; it needs the writer's lock (locked). Threads: any; also while another process writes. Memory:
/// one segment, and more for each stream. Cost: reads the whole store once, and once more for each index file over it.
Result<VerifyReport> verify(FileSystem& files, const std::string& directory, const VerifyOptions& options = {},
                            const std::function<void(const VerifyProgress&)>& progress = {});

}  // namespace v1
}  // namespace eventstore
