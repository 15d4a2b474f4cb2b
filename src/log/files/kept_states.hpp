#pragma once
// The states of streams at the last events that retention dropped of them: the file expired-N.states, which `expired`
// names. Why: docs/adr/0024-states-of-what-was-dropped.md. The log does not understand the states.
#include <eventstore/log/dropped.hpp>
#include <eventstore/os/file_system.hpp>
#include <optional>

#include "../bytes/format.hpp"

namespace eventstore::engine {

/// The contents of the file: docs/reference/file-format.md.
namespace format {

inline constexpr std::uint64_t states_magic = 0x3145'5441'5453'5345;  // "ESSTATE1"

struct StatesHeader {
  std::uint64_t magic = states_magic;
  std::uint32_t format_version = version;
  std::uint32_t must_understand = 0;
  std::uint32_t may_ignore = 0;
  std::uint32_t last_segment = 0;  ///< as in `expired`
  Uuid store_id{};
  std::uint64_t stream_count = 0;   ///< of the table of streams
  std::uint64_t unkept_count = 0;   ///< streams whose state was not kept
  std::uint64_t places_offset = 0;  ///< here the states end
  std::uint64_t origins_offset = 0;
  std::uint64_t file_bytes = 0;
  std::uint64_t origin_count = 0;
  std::uint64_t origins_checksum = 0;  ///< over all from origins_offset on
  std::uint64_t header_checksum = 0;   ///< over all bytes before it
};
static_assert(sizeof(StatesHeader) == 104);

/// The place of each stream's state, in the order of the table of streams: 0, the state was not kept; 1, its category
/// has no state; otherwise the offset of its StateHeader. They are checked a block at a time, at each use.
inline constexpr std::uint64_t state_unkept = 0;
inline constexpr std::uint64_t state_not_needed = 1;
inline constexpr std::size_t places_in_block = 2047;
struct StatePlaces {
  std::uint64_t places[places_in_block] = {};
  std::uint64_t checksum = 0;
};
static_assert(sizeof(StatePlaces) == 16384);

struct StateHeader {
  std::uint64_t checksum = 0;  ///< over all that follows, up to the end of the state
  std::uint64_t version = 0;
  std::uint64_t position = 0;
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;
  std::int64_t latest_created_at = 0;
  std::uint64_t state_bytes = 0;
  std::uint32_t origin = 0;  ///< place among the origins, from 0
  std::uint32_t stream_bytes = 0;
  // Then the stream's name, the state, and zeros up to a multiple of 8.
};
static_assert(sizeof(StateHeader) == 64);

struct OriginHeader {
  Uuid schema{};
  std::uint32_t category_bytes = 0;
  std::uint32_t descriptor_bytes = 0;
  std::uint32_t code_bytes = 0;
  std::uint32_t unused = 0;
  // Then category, descriptor, code, and zeros up to a multiple of 8.
};
static_assert(sizeof(OriginHeader) == 32);

/// All origins of one file together, at most.
inline constexpr std::uint64_t origin_bytes_max = std::uint64_t{1} << 28;

/// How many blocks the places of so many streams take.
constexpr std::uint64_t place_blocks(std::uint64_t streams) {
  return streams / places_in_block + (streams % places_in_block != 0 ? 1 : 0);
}

}  // namespace format

/// The name of the file that belongs to a statement, in the store's directory.
std::string kept_states_name(std::uint32_t last_segment);

/// A state as it stands in the file. Lifetime of `bytes`: its own.
struct StoredState {
  format::StateHeader header{};
  Bytes bytes{};  ///< header, stream, state

  [[nodiscard]] std::string_view stream() const {
    return as_text(BytesView{bytes}.subspan(sizeof header, header.stream_bytes));
  }
  [[nodiscard]] BytesView state() const {
    return BytesView{bytes}.subspan(sizeof header + header.stream_bytes, static_cast<std::size_t>(header.state_bytes));
  }
};

/// Threads: every member from any thread. Nothing damaged is ever given: every number is checked before it is used.
/// Errors of all: corrupt_record, naming the file.
class KeptStates {
 public:
  /// Checks the header and the origins. Errors: also not_found, io_failed, newer_format. Cost: reads the origins.
  static Result<std::shared_ptr<const KeptStates>> open(FileSystem& files, const std::string& path);
  /// The same over bytes in memory.
  static Result<std::shared_ptr<const KeptStates>> of(Bytes bytes, std::string path);

  [[nodiscard]] const format::StatesHeader& header() const { return header_; }
  [[nodiscard]] const std::vector<std::shared_ptr<const StateOrigin>>& origins() const { return origins_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] BytesView bytes() const { return bytes_; }  ///< as they stand, not checked

  /// Where the state of the stream of that rank in the table stands: state_unkept, state_not_needed or an offset.
  [[nodiscard]] Result<std::uint64_t> place(std::uint64_t rank) const;
  /// The state at such an offset. Errors: also out_of_memory.
  [[nodiscard]] Result<StoredState> at(std::uint64_t offset) const;
  /// The error of a state that contradicts the table of streams.
  [[nodiscard]] tl::unexpected<Error> damaged(std::string_view reason) const;

 private:
  KeptStates() = default;
  static Result<std::shared_ptr<const KeptStates>> checked(std::shared_ptr<KeptStates> states);
  [[nodiscard]] Result<void> check_header() const;
  [[nodiscard]] Result<void> read_origins();

  std::string path_;
  std::shared_ptr<Mapping> mapping_;  // one of the two holds the bytes
  Bytes owned_;
  BytesView bytes_;
  format::StatesHeader header_;
  std::vector<std::shared_ptr<const StateOrigin>> origins_;
};

}  // namespace eventstore::engine
