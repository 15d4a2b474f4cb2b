#include <bench/options.hpp>
#include <bench/warm_memory.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace bench {
namespace {

constexpr std::size_t left_free = std::size_t{1} << 30;
constexpr std::size_t part_bytes = std::size_t{1} << 20;

}  // namespace

WarmMemory::WarmMemory(std::size_t bytes) : descriptor_{::memfd_create("warm", MFD_CLOEXEC)} {
  const auto free =
      static_cast<std::size_t>(::sysconf(_SC_AVPHYS_PAGES)) * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto wanted = options().hold_memory ? free - std::min(free, left_free) : std::min(bytes, free / 4);
  const std::vector<std::byte> part(part_bytes, std::byte{1});
  while (bytes_ + part.size() <= wanted) {
    const auto written = ::pwrite(descriptor_, part.data(), part.size(), static_cast<off_t>(bytes_));
    if (written <= 0) break;
    bytes_ += static_cast<std::size_t>(written);
  }
}

WarmMemory::~WarmMemory() { ::close(descriptor_); }

void WarmMemory::give_back(std::size_t bytes) {
  bytes_ -= std::min(bytes, bytes_);
  (void)!::ftruncate(descriptor_, static_cast<off_t>(bytes_));
}

}  // namespace bench
