#include "prepared_room.hpp"

#include <algorithm>
#include <array>
#include <new>

namespace eventstore::engine {
namespace {

constexpr std::array<std::byte, std::size_t{64} << 10> zeros{};
// Room that holds fewer commits than this costs more than it spares.
constexpr std::size_t commits_least = 16;

}  // namespace

void PreparedRoom::keep_behind(File& file, std::uint64_t end, std::size_t commit_bytes, std::uint64_t capacity) {
  if (end <= end_ || commit_bytes * commits_least > bytes_) return;
  end_ = std::min(end + bytes_, capacity);
  try {
    for (auto at = end; at < end_; at += zeros.size())
      if (!write_all(file, at, std::span{zeros}.first(std::min<std::uint64_t>(zeros.size(), end_ - at)))) return;
  } catch (const std::bad_alloc&) {  // for what failed
  }
}

}  // namespace eventstore::engine
