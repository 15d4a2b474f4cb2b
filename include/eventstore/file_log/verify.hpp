#pragma once
// Checks a whole store and lists all that is wrong with it. docs/operate/verify.md says what that proves.
#include <eventstore/core/uuid.hpp>
#include <eventstore/file_log/seals.hpp>
#include <functional>
#include <vector>

namespace eventstore {
inline namespace v1 {

enum class FindingKind : std::uint8_t {
  damage,   ///< bytes are not what was written, or are missing
  altered,  ///< whole by every checksum, and yet not the history that was written or sealed
};

/// "damage" or "altered".
[[nodiscard]] std::string_view to_string(FindingKind kind);

/// One thing that is wrong.
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
  bool chain = false;   ///< also hash every sealed event and compare with the seals
  bool repair = false;  ///< delete index files that are wrong and make all that are missing; never the log
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
  in_seals,   ///< only the seal files have it: the log is not what they say, see the findings
  expired,    ///< it covers only what retention dropped: what was kept of their seals has it, and leads to the log
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

struct VerifyReport {
  Uuid store_id{};
  std::uint32_t segments = 0;
  std::uint64_t commits = 0;
  std::uint64_t events = 0;
  std::uint64_t streams = 0;
  std::uint64_t bytes = 0;
  std::uint32_t archived = 0;              ///< of `segments`, those that are archived; `bytes` counts them unpacked
  std::uint32_t expired_segments = 0;      ///< that retention dropped, which are counted nowhere else
  Position expired{};                      ///< the last position that retention dropped; 0: none
  Position last{};                         ///< the last position that was looked at
  std::vector<Finding> findings{};         ///< as they were met; empty: sound
  std::uint64_t bytes_unacknowledged = 0;  ///< at the end, never promised to anyone: no damage
  std::vector<std::string> repaired{};     ///< index files that were deleted and made again
  std::optional<ChainReport> chain{};      ///< where it was asked for
};

/// Checks the manifest, the header of each segment, every commit and record, the chain of commits and segments, that
/// positions and each stream's versions have no gap, that a stream has one organization, that schemas are described
/// before their use, that recorded_at never decreases, and, where the log is sound, that each index file is what it
/// makes of it. With `chain`: that every sealed event is the one that was sealed. What retention dropped is no damage:
/// the log has to continue what was stated of it. Archived segments are unpacked, one at a time, into memory. What a
/// writer publishes meanwhile is not looked at. `progress` is called about once a megabyte; it may be empty. Errors:
/// not_found (no store); newer_format; stopped; io_failed; out_of_memory. What is wrong with the store's content is no
/// error, but in the report. Nothing is written but index files, where `repair` asks for it; that needs the writer's
/// lock (locked). Threads: any; also beside a writer. Memory: proportional to the number of streams. Cost: reads the
/// whole store once, and once more for each index file over it.
Result<VerifyReport> verify(FileSystem& files, const std::string& directory, const VerifyOptions& options = {},
                            const std::function<void(const VerifyProgress&)>& progress = {});

}  // namespace v1
}  // namespace eventstore
