#include "blocks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "commit_check.hpp"

namespace eventstore::engine {

Result<const std::byte*> Block::opened() const {
  if (const auto* const data = data_.load(std::memory_order_acquire)) return data;
  const std::lock_guard lock{opening_};
  if (const auto* const data = data_.load(std::memory_order_relaxed)) return data;
  EVENTSTORE_TRY_ASSIGN(const auto opened, open());
  size_ = opened.size;
  marks_ = make_marks(opened.size);
  data_.store(opened.data, std::memory_order_release);
  return opened.data;
}

Result<BytesView> Block::bytes(std::uint64_t end) const {
  EVENTSTORE_TRY_ASSIGN(const auto* const data, opened());
  return BytesView{data, grows_ ? end : std::min<std::uint64_t>(end, size_)};
}

Result<const std::byte*> Block::check(std::uint32_t offset, format::RecordKind kind) const {
  EVENTSTORE_TRY_ASSIGN(const auto* const data, opened());
  if (const auto* const known = record(offset)) return known;
  const auto flaw = check_record_at({data, size_}, offset, kind);
  if (!flaw.text.empty())
    return failure(Errc::corrupt_record, "read", path(), fmt::format("offset {}: {}", offset, flaw.text));
  const auto granule = offset >> granule_bits;
  marks_[granule / 64].fetch_or(std::uint64_t{1} << granule % 64, std::memory_order_release);
  return data + offset;
}

}  // namespace eventstore::engine
