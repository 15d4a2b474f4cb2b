#include <sys/mman.h>
#include <eventstore/os/detail/zeroed_memory.hpp>

#include <cstdlib>
#include <new>

namespace eventstore {
inline namespace v1 {
namespace detail {

namespace {

// Of less than this, writing the zeros costs less than asking the system for pages.
constexpr std::size_t mapped_least = std::size_t{64} * 1024;

}  // namespace

void GiveBack::operator()(void* memory) const {
  if (mapped_bytes == 0)
    std::free(memory);
  else
    ::munmap(memory, mapped_bytes);
}

ZeroedMemory zeroed_memory(std::size_t bytes) {
  if (bytes < mapped_least) {
    void* const memory = std::calloc(bytes, 1);
    if (memory == nullptr && bytes > 0) throw std::bad_alloc{};
    return {memory, GiveBack{}};
  }
  constexpr int access = PROT_READ | PROT_WRITE;
  void* const memory = ::mmap(nullptr, bytes, access, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc{};
  return {memory, GiveBack{bytes}};
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
