#pragma once
// Whether bytes are a bitmap in Roaring's portable format in every respect. The library's own safe reading only stays
// within the bytes: https://github.com/RoaringBitmap/CRoaring/issues/324. Arrays that do not ascend, or wrong counts,
// can make it write out of bounds later.
#include <eventstore/core/bytes.hpp>

namespace eventstore::engine {

/// Format: https://github.com/RoaringBitmap/RoaringFormatSpec. Accepts what roaring_bitmap_portable_serialize writes,
/// all values below `end`, and nothing left over. Cost: reads the bytes once.
bool is_roaring_bitmap(BytesView bytes, std::uint64_t end);

}  // namespace eventstore::engine
