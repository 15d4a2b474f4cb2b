#include "log/index/catalog.hpp"

#include <rapidcheck.h>

#include "fuzz/repair.hpp"

using namespace eventstore;
using namespace eventstore::engine;

namespace {

Catalog sample(std::uint32_t segments, std::uint32_t end = 40'960) {
  Catalog catalog;
  catalog.store_id.octets.fill(3);
  for (std::uint32_t number = 1; number <= segments; ++number) {
    catalog.segments.push_back({number, number + 1, number * 100, 100, end, number * 77, -5, 60});
    catalog.tables.push_back({number, number, number % 3, 0});
  }
  return catalog;
}

}  // namespace

TEST_CASE("a catalog is read as it was written") {
  for (const std::uint32_t segments : {0U, 1U, 5U, 1000U})
    CHECK(decode_catalog(encode(sample(segments)), "catalog") == sample(segments));
}

TEST_CASE("a catalog has the bytes that version 1 always had") {
  CHECK(format::checksum_of(encode(sample(3, 4096))) == 0x7AB9'D10C'4C02'412E);
}

TEST_CASE("every byte of a catalog that is changed is noticed, and every cut") {
  const auto bytes = encode(sample(3));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto changed = bytes;
    changed[at] ^= std::byte{0xFF};
    const auto decoded = decode_catalog(changed, "catalog");
    CAPTURE(at);
    REQUIRE_FALSE(decoded);
    REQUIRE(decoded.error().where == "catalog");
    const bool is_version = at >= 8 && at < 12;
    REQUIRE(decoded.error().code == (is_version ? Errc::newer_format : Errc::corrupt_record));
  }
  for (std::size_t length = 0; length < bytes.size(); ++length)
    REQUIRE_FALSE(decode_catalog(BytesView{bytes}.first(length), "catalog"));
}

TEST_CASE("a catalog with absurd counts or out of order is refused, though its checksums fit") {
  const auto refused = [](Bytes bytes) {
    fuzz::repair_catalog(bytes);
    const auto decoded = decode_catalog(bytes, "catalog");
    return !decoded && decoded.error().code == Errc::corrupt_record;
  };
  for (const std::size_t count_at : {40U, 48U})
    for (const auto count : {std::uint64_t{4}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
      auto bytes = encode(sample(3));
      fuzz::put(bytes, count_at, count);
      CHECK(refused(bytes));
    }
  auto twice = sample(2);
  twice.segments[1].number = 1;
  CHECK(refused(encode(twice)));
  auto crossing = sample(2);
  crossing.tables[0].last_segment = 2;
  CHECK(refused(encode(crossing)));
  auto far = sample(1);
  far.segments[0].first_position = ~std::uint64_t{0} - 50;
  CHECK(refused(encode(far)));
  // A hundred events in fewer bytes than their headers take.
  constexpr std::uint32_t least = 100 * sizeof(format::EventHeader);
  CHECK_FALSE(refused(encode(sample(1, least))));
  CHECK(refused(encode(sample(1, least - 1))));
}
