#pragma once
// The sections of a table: docs/reference/index-format.md, in C++.
#include "hash_filter.hpp"
#include "index_format.hpp"

namespace eventstore::engine {

namespace format {

/// An event by the hash of its stream and id, or an outcome by that of its stream and command id.
struct IdEntry {
  std::uint64_t hash = 0;
  Location location{};  ///< of an outcome: with the lowest bit set, which no record's place has

  static constexpr IdEntry of_outcome(std::uint64_t hash, Location record) {
    return {hash, Location{record.value | 1}};
  }
  [[nodiscard]] constexpr bool is_outcome() const { return (location.value & 1) != 0; }
  [[nodiscard]] constexpr Location record() const { return Location{location.value & ~std::uint64_t{1}}; }
  friend constexpr auto operator<=>(const IdEntry&, const IdEntry&) = default;
};
static_assert(sizeof(IdEntry) == 16);

/// A stream, in the order of names.
struct StreamRecord {
  std::uint64_t text_offset = 0;  ///< of name and organization, one after another, in the section of texts
  std::uint16_t name_bytes = 0;
  std::uint16_t organization_bytes = 0;
  std::uint32_t version_count = 0;
  std::uint64_t first_version = 0;
  std::uint64_t first_location = 0;  ///< number of the first of its locations in their section
  std::uint64_t first_position = 0;
  std::uint64_t last_position = 0;
};
static_assert(sizeof(StreamRecord) == 48);

struct TableLayout {
  enum Section : std::uint8_t {
    stream_filter,
    stream_buckets,
    stream_hashes,
    stream_ranks,
    streams,
    texts,
    locations,
    id_filter,
    id_buckets,
    ids
  };
  enum Number : std::uint8_t { stream_count, id_count, first_position, last_position };

  /// Entries by hash stand in 2^bits buckets by their upper bits, some eight in each.
  static constexpr unsigned bucket_bits(std::uint64_t entries) {
    return static_cast<unsigned>(std::bit_width(entries / 8));
  }
  /// The number of starts of buckets: one for each bucket, and the end.
  static constexpr std::uint64_t bucket_starts(std::uint64_t entries) {
    return (std::uint64_t{1} << bucket_bits(entries)) + 1;
  }
  static constexpr std::uint64_t bucket_of(std::uint64_t hash, unsigned bits) {
    return bits == 0 ? 0 : hash >> (64 - bits);
  }
  /// The largest number of streams, and of ids, in a table.
  static constexpr std::uint64_t entries_max = 0xFFFF'FFFF;
};

}  // namespace format
}  // namespace eventstore::engine
