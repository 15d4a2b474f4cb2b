#include "table_writer.hpp"

namespace eventstore::engine {

using format::StreamRecord;
using Layout = format::TableLayout;

namespace {

format::IndexHeader header_for(const TableSizes& sizes, const Hashing& hashing) {
  format::IndexHeader header;
  if (hashing.is_seeded()) header.format_version = format::seeded_table_version;
  header.magic = format::table_magic;
  header.numbers[Layout::stream_count] = sizes.streams;
  header.numbers[Layout::id_count] = sizes.ids;
  header.numbers[Layout::first_position] = sizes.first_position;
  header.numbers[Layout::last_position] = sizes.last_position;
  const auto set = [&](Layout::Section section, std::uint64_t bytes) { header.sections[section].bytes = bytes; };
  set(Layout::stream_filter, HashFilterBlock::blocks_for(sizes.streams) * sizeof(HashFilterBlock));
  set(Layout::stream_buckets, Layout::bucket_starts(sizes.streams) * sizeof(std::uint32_t));
  set(Layout::stream_hashes, sizes.streams * sizeof(std::uint64_t));
  set(Layout::stream_ranks, sizes.streams * sizeof(std::uint32_t));
  set(Layout::streams, sizes.streams * sizeof(StreamRecord));
  set(Layout::texts, sizes.text_bytes);
  set(Layout::locations, sizes.locations * sizeof(format::Location));
  set(Layout::id_filter, HashFilterBlock::blocks_for(sizes.ids) * sizeof(HashFilterBlock));
  set(Layout::id_buckets, Layout::bucket_starts(sizes.ids) * sizeof(std::uint32_t));
  set(Layout::ids, sizes.ids * sizeof(format::IdEntry));
  return header;
}

}  // namespace

Result<void> HashSections::finish() {
  EVENTSTORE_TRY(go_to_block(blocks_));
  return start_buckets((std::uint64_t{1} << bits_) + 1);
}

// Writes the block that is being filled, and empty ones where no hash belongs.
Result<void> HashSections::go_to_block(std::uint64_t block) {
  for (; block_number_ < block; ++block_number_) {
    EVENTSTORE_TRY(writer_.write_one(filter_, block_));
    block_ = {};
  }
  return {};
}

Result<void> HashSections::start_buckets(std::uint64_t end) {
  for (; buckets_started_ < end; ++buckets_started_) EVENTSTORE_TRY(writer_.write_one(buckets_, count_));
  return {};
}

TableWriter::TableWriter(IndexSink& sink, const IndexIdentity& identity, const TableSizes& sizes,
                         const Hashing& hashing)
    : writer_{sink, identity, header_for(sizes, hashing)},
      stream_hashes_{writer_, Layout::stream_filter, Layout::stream_buckets, sizes.streams},
      id_hashes_{writer_, Layout::id_filter, Layout::id_buckets, sizes.ids} {}

Result<void> TableWriter::add_stream(StreamRecord record, std::string_view name, std::string_view organization) {
  record.text_offset = text_offset_;
  record.name_bytes = static_cast<std::uint16_t>(name.size());
  record.organization_bytes = static_cast<std::uint16_t>(organization.size());
  record.first_location = location_;
  location_ += record.version_count;
  EVENTSTORE_TRY(writer_.write_one(Layout::streams, record));
  EVENTSTORE_TRY(writer_.write(Layout::texts, as_bytes(name)));
  text_offset_ += name.size() + organization.size();
  return writer_.write(Layout::texts, as_bytes(organization));
}

Result<void> TableWriter::add_locations(std::span<const format::Location> locations) {
  return writer_.write(Layout::locations, std::as_bytes(locations));
}

Result<void> TableWriter::add_stream_hash(std::uint64_t hash, std::uint32_t rank) {
  EVENTSTORE_TRY(stream_hashes_.add(hash));
  EVENTSTORE_TRY(writer_.write_one(Layout::stream_hashes, hash));
  return writer_.write_one(Layout::stream_ranks, rank);
}

Result<void> TableWriter::add_ids(std::span<const format::IdEntry> entries) {
  for (const auto& entry : entries) EVENTSTORE_TRY(id_hashes_.add(entry.hash));
  return writer_.write(Layout::ids, std::as_bytes(entries));
}

Result<void> TableWriter::finish() {
  EVENTSTORE_TRY(stream_hashes_.finish());
  EVENTSTORE_TRY(id_hashes_.finish());
  return writer_.finish();
}

}  // namespace eventstore::engine
