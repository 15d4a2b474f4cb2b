#pragma once
// Makes the checksums of damaged bytes fit again, so that what stands behind them is put to the test.
#include <algorithm>
#include <cstring>
#include <vector>

#include "log/index/index_format.hpp"

namespace eventstore::fuzz {

using namespace engine;

template <class Number> void put(Bytes& bytes, std::size_t at, Number number) {
  if (at + sizeof number <= bytes.size()) std::memcpy(bytes.data() + at, &number, sizeof number);
}

template <class Number> Number get(BytesView bytes, std::size_t at) {
  Number number{};
  if (at + sizeof number <= bytes.size()) std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

/// The checksum in the last eight bytes of a header of `header_bytes` at the beginning.
inline void repair_header(Bytes& bytes, std::size_t header_bytes) {
  if (bytes.size() < header_bytes) return;
  put(bytes, header_bytes - 8, format::checksum_of(BytesView{bytes}.first(header_bytes - 8)));
}

/// An index file of any kind: what does not fit its length is cut off.
inline void repair_index(Bytes& bytes, std::uint64_t magic) {
  using format::index_block_bytes;
  constexpr auto header_bytes = sizeof(format::IndexHeader);
  if (bytes.size() < header_bytes + 8) return;
  const auto blocks_in = [](std::size_t end) { return (end + index_block_bytes - 1) / index_block_bytes; };
  auto end = (bytes.size() - 8) / 8 * 8;
  while (end + blocks_in(end) * 8 > bytes.size()) end -= 8;
  bytes.resize(end + blocks_in(end) * 8);
  for (std::size_t block = 0; block < blocks_in(end); ++block) {
    const auto from = std::max(header_bytes, block * index_block_bytes);
    const auto to = std::min(end, (block + 1) * index_block_bytes);
    put(bytes, end + block * 8, format::checksum_of(BytesView{bytes}.subspan(from, to - from)));
  }
  put(bytes, offsetof(format::IndexHeader, magic), magic);
  const auto newest = magic == format::table_magic ? format::seeded_table_version : format::index_version;
  const auto version = get<std::uint32_t>(bytes, offsetof(format::IndexHeader, format_version));
  put(bytes, offsetof(format::IndexHeader, format_version), std::clamp(version, format::index_version, newest));
  put(bytes, offsetof(format::IndexHeader, must_understand), std::uint32_t{0});
  put(bytes, offsetof(format::IndexHeader, content_end), std::uint64_t{end});
  put(bytes, offsetof(format::IndexHeader, checksums_checksum), format::checksum_of(BytesView{bytes}.subspan(end)));
  repair_header(bytes, header_bytes);
}

/// A catalog: 120 bytes of header, then entries.
inline void repair_catalog(Bytes& bytes) {
  constexpr std::size_t header_bytes = 120;
  if (bytes.size() < header_bytes) return;
  put(bytes, 0, format::catalog_magic);
  put(bytes, 8, format::index_version);
  put(bytes, 12, std::uint32_t{0});
  put(bytes, 56, format::checksum_of(BytesView{bytes}.subspan(header_bytes)));
  repair_header(bytes, header_bytes);
}

/// A segment: every record and commit up to the first one whose length is impossible, and the chain.
inline void repair_segment(Bytes& bytes) {
  repair_header(bytes, sizeof(format::SegmentHeader));
  auto chain = get<std::uint64_t>(bytes, offsetof(format::SegmentHeader, previous_checksum));
  for (std::size_t at = sizeof(format::SegmentHeader); at + sizeof(format::CommitHeader) <= bytes.size();) {
    const auto length = get<std::uint32_t>(bytes, at + offsetof(format::CommitHeader, length));
    if (length < sizeof(format::CommitHeader) || length % 8 != 0 || length > bytes.size() - at) return;
    std::vector<std::uint64_t> checksums;
    for (std::size_t record = at + sizeof(format::CommitHeader); record < at + length;) {
      const auto record_length = get<std::uint32_t>(bytes, record + offsetof(format::RecordPrefix, length));
      if (record_length < sizeof(format::SchemaHeader) || record_length > at + length - record) return;
      const auto skipped = sizeof(std::uint64_t);
      checksums.push_back(format::checksum_of(BytesView{bytes}.subspan(record + skipped, record_length - skipped)));
      put(bytes, record, checksums.back());
      record += record_length;
    }
    put(bytes, at + offsetof(format::CommitHeader, previous_checksum), chain);
    put(bytes, at + offsetof(format::CommitHeader, body_checksum),
        format::checksum_of(std::as_bytes(std::span{checksums})));
    chain = format::checksum_of(BytesView{bytes}.subspan(at, offsetof(format::CommitHeader, checksum)));
    put(bytes, at + offsetof(format::CommitHeader, checksum), chain);
    at += length;
  }
}

}  // namespace eventstore::fuzz
