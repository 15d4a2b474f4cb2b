#include "segment_check.hpp"

namespace eventstore::engine {

Flaw check_segment_header(BytesView bytes, const Uuid& store_id, std::uint64_t number) {
  const auto flaw = check_file_header<format::SegmentHeader>(bytes, format::segment_magic);
  if (!flaw.text.empty()) return flaw;
  const auto header = format::load<format::SegmentHeader>(bytes.data());
  if (header.store_id != store_id || header.number != number) return {"a segment of another store or place"};
  return {};
}

Flaw check_segment_size(const format::SegmentHeader& header, std::uint64_t file_bytes) {
  if (header.capacity >= std::uint64_t{1} << 32 || file_bytes > header.capacity) return {"longer than it may be"};
  return {};
}

}  // namespace eventstore::engine
