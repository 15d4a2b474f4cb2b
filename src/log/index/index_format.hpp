#pragma once
// The header of every index file: docs/reference/index-format.md, in C++.
#include "../bytes/format.hpp"

namespace eventstore::engine {

/// The part of a log that an index file covers. A file whose identity differs from the log's is stale, foreign or
/// forked.
struct IndexIdentity {
  Uuid store_id{};
  std::uint32_t first_segment = 0;
  std::uint32_t last_segment = 0;
  std::uint32_t generation = 0;     ///< of the last segment
  std::uint32_t end = 0;            ///< the offset up to which the last segment is covered
  std::uint64_t last_checksum = 0;  ///< chained, of the last commit covered
  bool is_finished = false;         ///< nothing will follow in the last segment

  friend bool operator==(const IndexIdentity&, const IndexIdentity&) = default;
};

namespace format {

inline constexpr std::uint32_t index_version = 1;
inline constexpr std::uint32_t seeded_table_version = 2;                     ///< of a table whose hashes have a seed
inline constexpr std::uint64_t segment_index_magic = 0x3158'4544'4E49'5345;  // "ESINDEX1"
inline constexpr std::uint64_t table_magic = 0x3145'4C42'4154'5345;          // "ESTABLE1"
inline constexpr std::uint64_t catalog_magic = 0x3147'4C54'4143'5345;        // "ESCATLG1"

/// An index file is verified in blocks of this size, counted from its beginning.
inline constexpr std::size_t index_block_bytes = 16384;
/// Sections begin at multiples of this: a line of the processor's cache.
inline constexpr std::size_t index_alignment = 64;
inline constexpr std::size_t index_sections_max = 12;
inline constexpr std::size_t index_numbers_max = 12;

/// A stretch of the file.
struct IndexSection {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
};

struct IndexHeader {
  std::uint64_t magic = 0;
  std::uint32_t format_version = index_version;
  std::uint32_t must_understand = 0;
  std::uint32_t may_ignore = 0;
  std::uint32_t is_finished = 0;
  Uuid store_id{};
  std::uint32_t first_segment = 0;
  std::uint32_t last_segment = 0;
  std::uint32_t generation = 0;
  std::uint32_t end = 0;
  std::uint64_t last_checksum = 0;
  std::uint64_t content_end = 0;                  ///< here the checksums of the blocks begin; after them the file ends
  std::uint64_t checksums_checksum = 0;           ///< over the checksums of the blocks
  std::uint64_t numbers[index_numbers_max] = {};  ///< what they say depends on the magic
  IndexSection sections[index_sections_max] = {};
  std::uint64_t unused[17] = {};
  std::uint64_t checksum = 0;  ///< over all bytes before it
};
static_assert(sizeof(IndexHeader) == 512);

}  // namespace format
}  // namespace eventstore::engine
