#pragma once
// Whether the header that a file of the log begins with is whole, and that of the segment that is meant.
#include "commit_check.hpp"

namespace eventstore::engine {

/// Magic, checksum and version, which all headers of files have in the same places.
template <class Header> Flaw check_file_header(BytesView bytes, std::uint64_t magic) {
  if (bytes.size() < sizeof(Header)) return {"the header is cut off"};
  const auto header = format::load<Header>(bytes.data());
  if (header.magic != magic) return {"not a file of eventstore"};
  // Before the checksum: a newer version may compute it in another way.
  if (header.format_version > format::version) return {"a newer version", true};
  if (header.checksum != format::header_checksum(header)) return {"the header's checksum does not match"};
  if (header.must_understand != 0) return {"a newer version", true};
  return {};
}

/// The flaw of the header at the beginning of `bytes`, which must be that of segment `number` of a store.
Flaw check_segment_header(BytesView bytes, const Uuid& store_id, std::uint64_t number);

/// The flaw of a segment whose file has `file_bytes`.
Flaw check_segment_size(const format::SegmentHeader& header, std::uint64_t file_bytes);

}  // namespace eventstore::engine
