// What libFuzzer calls.
#include "fuzz_one.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  eventstore::fuzz::fuzz_one(std::as_bytes(std::span{data, size}));
  return 0;
}
