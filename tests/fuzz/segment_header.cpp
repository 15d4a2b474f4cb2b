// The reader of a segment's header.
#include "fuzz_one.hpp"
#include "log/files/store_files.hpp"
#include "one_file.hpp"
#include "repair.hpp"

namespace eventstore::fuzz {

using namespace engine;
namespace {

void read(BytesView bytes) {
  OneFile files{bytes};
  Uuid store_id = get<Uuid>(bytes, offsetof(format::SegmentHeader, store_id));
  const auto number = get<std::uint32_t>(bytes, offsetof(format::SegmentHeader, number));
  const auto segment = StoreFiles{files, "store"}.open_segment(number, store_id, OpenMode::read);
  if (segment) must((*segment)->header().capacity >= bytes.size());
}

}  // namespace

void fuzz_one(BytesView bytes) {
  read(bytes);
  Bytes repaired{bytes.begin(), bytes.end()};
  put(repaired, 0, format::segment_magic);
  repair_header(repaired, sizeof(format::SegmentHeader));
  read(repaired);
}

}  // namespace eventstore::fuzz
