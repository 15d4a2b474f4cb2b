#include "blocks.hpp"

#include <fmt/format.h>

#include "commit_check.hpp"

namespace eventstore::inline v1 {

Result<const std::byte*> Block::check(std::uint32_t offset) const {
  if (data_.load(std::memory_order_acquire) == nullptr) {
    const std::lock_guard lock{opening_};
    if (data_.load(std::memory_order_relaxed) == nullptr) {
      EVENTSTORE_TRY_ASSIGN(const auto opened, open());
      size_ = opened.size;
      marks_ = make_marks(opened.size);
      data_.store(opened.data, std::memory_order_release);
    }
  }
  if (const auto* const known = record(offset)) return known;
  const auto* const data = data_.load(std::memory_order_relaxed);
  const auto flaw = check_record({data, size_}, offset);
  if (!flaw.text.empty())
    return failure(Errc::corrupt_record, "read", path(), fmt::format("offset {}: {}", offset, flaw.text));
  const auto granule = offset >> granule_bits;
  marks_[granule / 64].fetch_or(std::uint64_t{1} << granule % 64, std::memory_order_release);
  return data + offset;
}

}  // namespace eventstore::inline v1
