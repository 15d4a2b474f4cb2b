#pragma once
// Writes a table's sections: streams in the order of names, and the entries that are found by hash in the order of
// hashes.
#include "../containers/hashing.hpp"
#include "index_writer.hpp"
#include "table_format.hpp"

namespace eventstore::engine {

/// The numbers of a table that are known before it is written.
struct TableSizes {
  std::uint64_t streams = 0;
  std::uint64_t ids = 0;  ///< of events and outcomes
  std::uint64_t locations = 0;
  std::uint64_t text_bytes = 0;
  std::uint64_t first_position = 0;
  std::uint64_t last_position = 0;
};

/// A filter and the starts of buckets, filled by hashes in order. Memory: one block of the filter.
class HashSections {
 public:
  HashSections(IndexWriter& writer, std::size_t filter, std::size_t buckets, std::uint64_t entries)
      : writer_{writer},
        filter_{filter},
        buckets_{buckets},
        blocks_{HashFilterBlock::blocks_for(entries)},
        bits_{format::TableLayout::bucket_bits(entries)} {}

  /// Adds the next hash, not less than the one before.
  [[nodiscard]] Result<void> add(std::uint64_t hash) {
    if (const auto block = HashFilterBlock::block_of(hash, blocks_); block != block_number_)
      EVENTSTORE_TRY(go_to_block(block));
    block_.put(hash);
    if (const auto bucket = format::TableLayout::bucket_of(hash, bits_); bucket >= buckets_started_)
      EVENTSTORE_TRY(start_buckets(bucket + 1));
    ++count_;
    return {};
  }
  [[nodiscard]] Result<void> finish();

 private:
  [[nodiscard]] Result<void> go_to_block(std::uint64_t block);
  [[nodiscard]] Result<void> start_buckets(std::uint64_t end);

  IndexWriter& writer_;
  const std::size_t filter_;
  const std::size_t buckets_;
  const std::uint64_t blocks_;
  const unsigned bits_;
  HashFilterBlock block_;
  std::uint64_t block_number_ = 0;
  std::uint64_t buckets_started_ = 0;
  std::uint32_t count_ = 0;
};

class TableWriter {
 public:
  /// `sink` outlives the writer. `hashing` is the one of all hashes that are added.
  TableWriter(IndexSink& sink, const IndexIdentity& identity, const TableSizes& sizes, const Hashing& hashing);

  /// Adds the next stream in the order of names. Offsets in `record` and the lengths of its texts are filled in.
  [[nodiscard]] Result<void> add_stream(format::StreamRecord record, std::string_view name,
                                        std::string_view organization);
  /// Adds locations, in the order of names and versions: as many as the streams have versions.
  [[nodiscard]] Result<void> add_locations(std::span<const format::Location> locations);
  /// Adds the next stream in the order of hash and rank.
  [[nodiscard]] Result<void> add_stream_hash(std::uint64_t hash, std::uint32_t rank);
  /// Adds the next ids in the order of hash and location.
  [[nodiscard]] Result<void> add_ids(std::span<const format::IdEntry> entries);
  [[nodiscard]] Result<void> finish();
  [[nodiscard]] std::uint64_t file_bytes() const { return writer_.file_bytes(); }

 private:
  IndexWriter writer_;
  HashSections stream_hashes_;
  HashSections id_hashes_;
  std::uint64_t text_offset_ = 0;
  std::uint64_t location_ = 0;
};

}  // namespace eventstore::engine
