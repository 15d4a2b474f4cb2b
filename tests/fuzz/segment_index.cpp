// The reader of a segment's index: file, sections and bitmaps.
#include "fuzz_one.hpp"
#include "repair.hpp"
#include "walk.hpp"

namespace eventstore::fuzz {
namespace {

void read(Bytes bytes) {
  const auto index = SegmentIndex::of(std::move(bytes), "1.idx");
  if (!index) return must(index.error().where == "1.idx");
  const auto walked = walk(**index);
  if (!walked) must(walked.error().code == Errc::corrupt_record);
}

}  // namespace

void fuzz_one(BytesView bytes) {
  Bytes copy{bytes.begin(), bytes.end()};
  read(copy);
  repair_index(copy, format::segment_index_magic);
  read(std::move(copy));
}

}  // namespace eventstore::fuzz
