#include <algorithm>
#include <catch2/catch.hpp>
#include <eventstore/os/detail/zeroed_memory.hpp>
#include <new>

using namespace eventstore;

TEST_CASE("memory that is given anew is all zeros, whatever its size", "[zeroed_memory]") {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{4096}, std::size_t{64} * 1024, std::size_t{1} << 20})
    for (int turn = 0; turn < 3; ++turn) {
      CAPTURE(bytes, turn);
      const auto memory = detail::zeroed_memory(bytes);
      auto* const begin = static_cast<unsigned char*>(memory.get());
      CHECK(std::all_of(begin, begin + bytes, [](unsigned char byte) { return byte == 0; }));
      std::fill_n(begin, bytes, static_cast<unsigned char>(0xFF));
    }
}

TEST_CASE("more memory than there are addresses is refused", "[zeroed_memory]") {
  CHECK_THROWS_AS(detail::zeroed_memory(~std::size_t{0} / 2), std::bad_alloc);
}
