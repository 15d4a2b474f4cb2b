#include "catalog.hpp"

namespace eventstore::engine {
namespace {

struct CatalogHeader {
  std::uint64_t magic = format::catalog_magic;
  std::uint32_t format_version = format::index_version;
  std::uint32_t must_understand = 0;
  std::uint32_t may_ignore = 0;
  std::uint32_t unused_flags = 0;
  Uuid store_id{};
  std::uint64_t segment_count = 0;
  std::uint64_t table_count = 0;
  std::uint64_t entries_checksum = 0;  ///< over all bytes after the header
  std::uint64_t unused[6] = {};
  std::uint64_t checksum = 0;  ///< over all bytes before it
};
static_assert(sizeof(CatalogHeader) == 120);
static_assert(sizeof(FinishedSegment) == 56 && sizeof(TableInForce) == 16);

template <class Entry> void append(Bytes& bytes, const std::vector<Entry>& entries) {
  const auto added = std::as_bytes(std::span{entries});
  const auto end = bytes.size();
  bytes.resize(end + added.size());
  if (!added.empty()) std::memcpy(bytes.data() + end, added.data(), added.size());
}

template <class Entry> std::vector<Entry> entries_in(BytesView bytes) {
  std::vector<Entry> entries(bytes.size() / sizeof(Entry));
  if (!bytes.empty()) std::memcpy(entries.data(), bytes.data(), bytes.size());
  return entries;
}

// Whether its segments have room for their events, too. (A file that was cut has not: then its catalog is not used.)
bool is_possible(const Catalog& catalog) {
  std::uint32_t last = 0;
  for (const auto& segment : catalog.segments) {
    if (segment.number <= last || segment.count > format::events_most(segment.end)) return false;
    if (segment.first_position > ~std::uint64_t{0} - segment.count) return false;
    last = segment.number;
  }
  last = 0;
  for (const auto& table : catalog.tables) {
    if (table.first_segment <= last || table.last_segment < table.first_segment) return false;
    last = table.last_segment;
  }
  return true;
}

}  // namespace

Bytes encode(const Catalog& catalog) {
  Bytes bytes(sizeof(CatalogHeader));
  append(bytes, catalog.segments);
  append(bytes, catalog.tables);
  CatalogHeader header;
  header.store_id = catalog.store_id;
  header.segment_count = catalog.segments.size();
  header.table_count = catalog.tables.size();
  header.entries_checksum = format::checksum_of(BytesView{bytes}.subspan(sizeof header));
  header.checksum = format::header_checksum(header);
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

Result<Catalog> decode_catalog(BytesView bytes, const std::string& path) {
  const auto damaged = [&](std::string reason) {
    return failure(Errc::corrupt_record, "read catalog", path, std::move(reason));
  };
  if (bytes.size() < sizeof(CatalogHeader)) return damaged("the header is cut off");
  const auto header = format::load<CatalogHeader>(bytes.data());
  const auto newer = [&] {
    return failure(Errc::newer_format, "open", path, "written by a newer version of eventstore: use that version");
  };
  if (header.magic != format::catalog_magic) return damaged("not a catalog");
  // Before the checksum: a newer version may compute it in another way.
  if (header.format_version > format::index_version) return newer();
  if (header.checksum != format::header_checksum(header)) return damaged("the header's checksum does not match");
  if (header.must_understand != 0) return newer();
  const auto entries = bytes.subspan(sizeof header);
  const auto left = entries.size() / sizeof(FinishedSegment);
  if (header.segment_count > left) return damaged("it is cut off");
  const auto segment_bytes = static_cast<std::size_t>(header.segment_count) * sizeof(FinishedSegment);
  const auto tables = entries.subspan(segment_bytes);
  if (tables.size() % sizeof(TableInForce) != 0 || tables.size() / sizeof(TableInForce) != header.table_count)
    return damaged("its entries differ from those that it states");
  if (format::checksum_of(entries) != header.entries_checksum) return damaged("the entries' checksum does not match");
  Catalog catalog;
  catalog.store_id = header.store_id;
  catalog.segments = entries_in<FinishedSegment>(entries.first(segment_bytes));
  catalog.tables = entries_in<TableInForce>(tables);
  if (!is_possible(catalog)) return damaged("its entries contradict each other");
  return catalog;
}

}  // namespace eventstore::engine
