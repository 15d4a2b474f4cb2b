#include "read_ahead.hpp"

#include <algorithm>

namespace eventstore::engine {

Result<BytesView> ReadAhead::bytes(File& file, std::uint64_t offset, std::size_t wanted, std::uint64_t end) {
  constexpr std::size_t step_bytes = std::size_t{1} << 20;
  const auto held = [&] {
    const bool is_in_buffer = offset >= buffer_at_ && offset - buffer_at_ < buffer_.size();
    return is_in_buffer ? BytesView{buffer_}.subspan(offset - buffer_at_) : BytesView{};
  };
  if (held().size() >= wanted || offset >= end) return held();
  buffer_.resize(std::min<std::uint64_t>(std::max(wanted, step_bytes), end - offset));
  buffer_at_ = offset;
  const auto got = read_all(file, offset, buffer_);
  buffer_.resize(got ? *got : 0);
  EVENTSTORE_TRY(got);
  return held();
}

Result<std::vector<Unreadable>> read_past_errors(File& file, std::uint64_t at, std::span<std::byte> into) {
  constexpr std::size_t step_bytes = std::size_t{1} << 20;
  constexpr std::size_t sector_bytes = 4096;
  std::vector<Unreadable> unreadable;
  std::uint64_t unreadable_to = 0;  // where the last of them ends
  const auto read_sectors = [&](std::uint64_t from, std::span<std::byte> step) -> Result<void> {
    for (std::size_t i = 0; i < step.size(); i += sector_bytes) {
      const auto sector = step.subspan(i, std::min(sector_bytes, step.size() - i));
      auto got = read_all(file, from + i, sector);
      if (!got && got.error().code != Errc::io_failed) return failure_of(got);
      std::ranges::fill(sector.subspan(got ? *got : 0), std::byte{0});
      if (got) continue;
      if (unreadable.empty() || unreadable_to != from + i) unreadable.push_back({from + i, std::move(got.error())});
      unreadable_to = from + i + sector.size();
    }
    return {};
  };
  for (std::size_t i = 0; i < into.size(); i += step_bytes) {
    const auto step = into.subspan(i, std::min(step_bytes, into.size() - i));
    const auto got = read_all(file, at + i, step);
    if (!got) EVENTSTORE_TRY(read_sectors(at + i, step));
    if (got) std::ranges::fill(step.subspan(*got), std::byte{0});  // the file is shorter by now
  }
  return unreadable;
}

}  // namespace eventstore::engine
