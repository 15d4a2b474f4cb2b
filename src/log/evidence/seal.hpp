#pragma once
// The seal of one segment: made from the segment's bytes and the seal before, and its form in a file.
#include <eventstore/file_log/proof.hpp>

#include "../bytes/format.hpp"
#include "merkle.hpp"

namespace eventstore::engine {

namespace format {

inline constexpr std::uint64_t seal_magic = 0x314C'4145'5353'5345;  // "ESSSEAL1"

struct SealHeader {
  std::uint64_t magic = seal_magic;
  std::uint32_t format_version = version;
  std::uint32_t must_understand = 0;
  std::uint32_t may_ignore = 0;
  std::uint32_t reserved = 0;
  Uuid store_id{};
  std::uint64_t number = 0;          ///< of the segment
  std::uint64_t first_position = 0;  ///< of the first event that stands in it
  std::uint64_t count = 0;           ///< of its events
  Digest root{};
  Digest previous{};  ///< seal digest of the segment before; 0 in the first
  Digest digest{};    ///< this segment's
  std::uint64_t leaves_checksum = 0;
  std::uint64_t unused[2] = {};
  std::uint64_t checksum = 0;  ///< over all bytes before it
  // Then the digests of the events, in the order of their positions.
};
static_assert(sizeof(SealHeader) == 192);

}  // namespace format

/// SHA-256(0x00, position, recorded_at, record).
Digest leaf_digest(Sha256& sha, Position position, Timestamp recorded_at, BytesView record);

/// SHA-256(0x02, store id, segment, first position, count, root, previous).
Digest seal_digest(Sha256& sha, const Uuid& store_id, const SealLink& link, const Digest& previous);

struct Seal {
  format::SealHeader header{};
  std::vector<Digest> leaves{};

  [[nodiscard]] SealLink link() const;
  [[nodiscard]] ChainHead chain_head() const;
};

/// The seal of the finished segment that `segment` begins with; what stands after it is not read. A pure function of
/// the segment and of `previous`, the digest of the seal before. `path` names the segment in errors. Errors:
/// corrupt_record, with the offset of what is damaged or missing; newer_format. Throws std::bad_alloc. Threads: any.
/// Cost: checks and hashes the segment once, 32 bytes of memory an event.
Result<Seal> make_seal(BytesView segment, const std::string& path, const Digest& previous);

/// The file's bytes.
Bytes encode(const Seal& seal);

/// What is wrong with a seal's bytes, and where; `text` is empty when nothing is.
struct SealFlaw {
  std::uint64_t offset = 0;
  std::string_view text{};
  bool is_newer_format = false;
  bool is_checksum = true;  ///< false: whole by its checksums, and yet contradicting itself
};

/// Checks the header alone: `bytes` may end after it.
SealFlaw check_seal_header(BytesView bytes);
/// Checks header, seal digest, length, and the digests by their checksum.
SealFlaw check_seal_bytes(BytesView bytes);
/// As check_seal_bytes, and that the root is that of the digests. Cost: hashes all of them.
SealFlaw check_seal(BytesView bytes);

/// The leaf at `index` of a seal that has it.
Digest leaf_in(BytesView seal, std::uint64_t index);

/// Errors: corrupt_record and newer_format, naming the file and the offset.
Result<Seal> decode_seal(BytesView bytes, const std::string& path);
/// As decode_seal, from the header alone: the seal has no leaves.
Result<Seal> decode_seal_header(BytesView bytes, const std::string& path);

}  // namespace eventstore::engine
