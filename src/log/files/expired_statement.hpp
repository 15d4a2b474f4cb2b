#pragma once
// The statement about the segments that retention dropped: the file `expired`.
#include <array>
#include <eventstore/file_log/digest.hpp>
#include <optional>
#include <vector>

#include "store_files.hpp"

namespace eventstore::engine {

/// The contents of the file: docs/reference/file-format.md.
namespace format {

inline constexpr std::uint64_t expired_magic = 0x3152'4950'5845'5345;  // "ESEXPIR1"

/// In ExpiredHeader::must_understand: an ExpiredStates stands between the header and the seals. A build that does not
/// know it must not make a later statement, which would lose the states.
inline constexpr std::uint32_t expired_has_states = 1;

struct ExpiredHeader {
  std::uint64_t magic = expired_magic;
  std::uint32_t format_version = version;
  std::uint32_t must_understand = 0;
  std::uint32_t may_ignore = 0;
  std::uint32_t seal_count = 0;
  Uuid store_id{};
  std::uint32_t first_segment = 1;
  std::uint32_t last_segment = 0;
  std::uint32_t generation = 0;           ///< of the last segment
  std::uint32_t end = 0;                  ///< offset behind its last commit
  std::uint64_t last_position = 0;        ///< of the last dropped event
  std::uint64_t checksum = 0;             ///< chained, of the last segment's last commit
  std::uint64_t last_event_checksum = 0;  ///< chained, of the commit that held last_position; 0 where it is 0
  std::int64_t first_recorded_at = 0;
  std::int64_t last_recorded_at = 0;
  std::int64_t stated_at = 0;
  std::uint64_t streams_checksum = 0;  ///< the last eight bytes of the table's header
  std::uint64_t seals_checksum = 0;    ///< over all that follows this header
  std::uint64_t header_checksum = 0;   ///< over all bytes before it
};
static_assert(sizeof(ExpiredHeader) == 128);

/// The file of kept states that belongs to the statement.
struct ExpiredStates {
  std::uint64_t file_bytes = 0;
  std::uint64_t header_checksum = 0;  ///< the last eight bytes of the file's header
  Digest content{};                   ///< of the file: states_digest()
  Digest before{};                    ///< `chained` of the statement before; 0 where it had no states
  Digest chained{};                   ///< chained_states()
};
static_assert(sizeof(ExpiredStates) == 112);

/// A copy of the beginning of a dropped segment's seal.
struct ExpiredSeal {
  std::uint32_t number = 0;  ///< of the segment
  std::uint32_t bytes = 0;   ///< the number of bytes of `seal`
  std::array<std::byte, 192> seal{};
};
static_assert(sizeof(ExpiredSeal) == 200);

}  // namespace format

/// Threads: constant once it is made.
struct ExpiredStatement {
  format::ExpiredHeader header{};
  std::vector<format::ExpiredSeal> seals{};       ///< by segment; of those that had one
  std::optional<format::ExpiredStates> states{};  ///< absent: no drop kept any

  [[nodiscard]] std::uint32_t last_segment() const { return header.last_segment; }
  [[nodiscard]] Position last() const { return Position{header.last_position}; }

  /// The error for a read of dropped events.
  [[nodiscard]] Error error_at(Position asked) const;
};

/// The name of the table of streams that a statement names, in the store's directory.
std::string expired_streams_name(std::uint32_t last_segment);

/// The statement; absent if nothing was dropped. Errors: corrupt_record, newer_format, io_failed.
Result<std::optional<ExpiredStatement>> read_expired(const StoreFiles& store, const Uuid& store_id);

/// The bytes of the file; fills in the checksums.
Bytes encode(ExpiredStatement& expired);
/// Errors: corrupt_record and newer_format, naming `path`.
Result<ExpiredStatement> decode_expired(BytesView bytes, const std::string& path);

}  // namespace eventstore::engine
