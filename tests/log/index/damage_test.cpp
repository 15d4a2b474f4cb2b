// Every byte of small index files changed, with and without checksums that fit again.
#include "fuzz/repair.hpp"
#include "fuzz/walk.hpp"
#include "sample_log.hpp"

using namespace eventstore;
using namespace eventstore::test;

namespace {

template <class Index> Result<std::string> open_and_walk(Bytes bytes) {
  EVENTSTORE_TRY_ASSIGN(const auto index, Index::of(std::move(bytes), "damaged"));
  return fuzz::walk(*index);
}

bool is_refusal(const Error& error) {
  return (error.code == Errc::corrupt_record || error.code == Errc::newer_format) && error.where == "damaged";
}

template <class Index> void check_every_byte(const Bytes& bytes, std::uint64_t magic) {
  const auto whole = open_and_walk<Index>(bytes);
  REQUIRE(whole);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    CAPTURE(at);
    auto changed = bytes;
    changed[at] ^= std::byte{static_cast<unsigned char>(at % 3 == 0 ? 0xFF : 1 << at % 8)};
    const auto opened = Index::of(changed, "damaged");
    // Noticed where it is looked for, and where it is not the answers are the same.
    REQUIRE((!opened || !(*opened)->file().verify_all()));
    const auto walked = open_and_walk<Index>(changed);
    REQUIRE((walked ? *walked == *whole : is_refusal(walked.error())));
    fuzz::repair_index(changed, magic);
    const auto repaired = open_and_walk<Index>(changed);
    if (!repaired) REQUIRE(is_refusal(repaired.error()));
  }
}

template <class Index> void check_every_cut(const Bytes& bytes) {
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto walked = open_and_walk<Index>(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)));
    REQUIRE_FALSE(walked);
    REQUIRE(is_refusal(walked.error()));
  }
}

}  // namespace

TEST_CASE("every changed byte and every cut of a segment's index is noticed, and none does harm") {
  const SampleLog log{21, 40, 100};
  const auto bytes = segment_index_bytes(log.events);
  check_every_byte<SegmentIndex>(bytes, format::segment_index_magic);
  check_every_cut<SegmentIndex>(bytes);
}

TEST_CASE("every changed byte and every cut of a table is noticed, and none does harm") {
  const SampleLog log{22, 40, 100};
  const auto bytes = table_bytes(log.events);
  check_every_byte<Table>(bytes, format::table_magic);
  check_every_cut<Table>(bytes);
}

TEST_CASE("an index of nothing is whole") {
  CHECK(open_and_walk<SegmentIndex>(segment_index_bytes({})));
  CHECK(open_and_walk<Table>(table_bytes({})));
}
