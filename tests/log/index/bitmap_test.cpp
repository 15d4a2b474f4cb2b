#include <rapidcheck.h>

#include <set>

#include "log/index/bitmap_check.hpp"
#include "log/index/matches.hpp"

using namespace eventstore;
using namespace eventstore::engine;

namespace {

// Arrays, bitsets and runs: some ordinals alone, and stretches of them with steps.
std::set<std::uint32_t> some_ordinals() {
  std::set<std::uint32_t> ordinals;
  for (const auto& [first, count, step] : *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
           rc::gen::tuple(rc::gen::inRange(0, 400'000), rc::gen::inRange(1, 9000), rc::gen::inRange(1, 5))))
    for (int i = 0; i < count; ++i) ordinals.insert(static_cast<std::uint32_t>(first + i * step));
  return ordinals;
}

std::shared_ptr<const Matches> matches_of(const std::set<std::uint32_t>& ordinals) {
  return Matches::parse(bitmap_bytes(std::vector<std::uint32_t>{ordinals.begin(), ordinals.end()}), 1'000'000);
}

std::vector<std::uint32_t> all_forward(const Matches& matches, std::size_t batch) {
  std::vector<std::uint32_t> all;
  std::vector<std::uint32_t> some(batch);
  for (std::uint32_t from = 0;;) {
    const auto count = matches.next(from, some);
    all.insert(all.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
    if (count < batch) return all;
    from = all.back() + 1;
  }
}

std::vector<std::uint32_t> all_backward(const Matches& matches, std::size_t batch) {
  std::vector<std::uint32_t> all;
  std::vector<std::uint32_t> some(batch);
  for (std::uint32_t from = ~0U;;) {
    const auto count = matches.previous(from, some);
    all.insert(all.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
    if (count < batch || all.back() == 0) return all;
    from = all.back() - 1;
  }
}

}  // namespace

TEST_CASE("matches walk like a set, in both directions") {
  REQUIRE(rc::check([] {
    const auto ordinals = some_ordinals();
    const auto matches = matches_of(ordinals);
    RC_ASSERT(matches != nullptr);
    RC_ASSERT(matches->is_empty() == ordinals.empty());
    RC_ASSERT(matches->count() == ordinals.size());
    const auto batch = *rc::gen::element<std::size_t>(1000, 4096, 100'000);
    RC_ASSERT(all_forward(*matches, batch) == std::vector<std::uint32_t>(ordinals.begin(), ordinals.end()));
    RC_ASSERT(all_backward(*matches, batch) == std::vector<std::uint32_t>(ordinals.rbegin(), ordinals.rend()));
    for (int i = 0; i < 50; ++i) {
      const auto from = *rc::gen::inRange<std::uint32_t>(0, 450'000);
      const auto next = ordinals.lower_bound(from);
      const auto after = ordinals.upper_bound(from);
      RC_ASSERT(matches->next(from) == (next == ordinals.end() ? std::nullopt : std::optional{*next}));
      RC_ASSERT(matches->previous(from) ==
                (after == ordinals.begin() ? std::nullopt : std::optional{*std::prev(after)}));
      RC_ASSERT(matches->contains(from) == (ordinals.count(from) == 1));
    }
  }));
}

TEST_CASE("what is in both matches is what is in both sets") {
  REQUIRE(rc::check([] {
    const auto a = some_ordinals();
    const auto b = some_ordinals();
    std::vector<std::uint32_t> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    RC_ASSERT(all_forward(*Matches::both(*matches_of(a), *matches_of(b)), 4096) == both);
  }));
}

TEST_CASE("all but what was lost are all but that") {
  const Matches::Range lost[] = {{0, 2}, {5, 1}, {8, 2}};
  CHECK(all_forward(*Matches::all_but(10, lost), 3) == std::vector<std::uint32_t>{2, 3, 4, 6, 7});
  CHECK(all_forward(*Matches::all_but(3, {}), 2) == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(Matches::all_but(0, {})->is_empty());
  CHECK(Matches::none()->is_empty());
}

TEST_CASE("a bitmap whose bytes are changed is refused, or is another bitmap that is whole") {
  std::set<std::uint32_t> ordinals{3, 9, 70'000, 70'002};
  for (std::uint32_t i = 140'000; i < 150'000; i += 2) ordinals.insert(i);  // a bitset
  for (std::uint32_t i = 200'000; i < 202'000; ++i) ordinals.insert(i);     // a run
  for (std::uint32_t i = 300'000; i < 300'010; i += 3) ordinals.insert(i);
  const auto bytes = bitmap_bytes(std::vector<std::uint32_t>{ordinals.begin(), ordinals.end()});
  REQUIRE(is_roaring_bitmap(bytes, 300'010));
  CHECK_FALSE(is_roaring_bitmap(bytes, 300'009));
  for (std::size_t length = 0; length < bytes.size(); ++length)
    REQUIRE_FALSE(is_roaring_bitmap(BytesView{bytes}.first(length), 1'000'000));
  std::size_t refused = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
      auto changed = bytes;
      changed[at] ^= std::byte{static_cast<unsigned char>(flip)};
      const auto matches = Matches::parse(changed, 1'000'000);
      refused += matches == nullptr ? 1 : 0;
      if (matches) REQUIRE(all_forward(*matches, 4096).size() == matches->count());
    }
  CHECK(refused > bytes.size());
}
