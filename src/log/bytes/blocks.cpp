#include "blocks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "commit_check.hpp"

namespace eventstore::engine {

Error unreadable(std::string during, std::string path) {
  return Error{Errc::io_failed, std::move(during), std::move(path),
               "the disk cannot read a part of a file, or the file was cut: look at the disk, then run verify"};
}

Result<const std::byte*> Block::opened() const {
  if (const auto* const data = data_.load(std::memory_order_acquire)) return data;
  const std::lock_guard lock{opening_};
  if (const auto* const data = data_.load(std::memory_order_relaxed)) return data;
  EVENTSTORE_TRY_ASSIGN(const auto opened, open());
  extent_ = opened.size;
  mapping_in_use_.store(opened.mapping, std::memory_order_release);
  data_.store(opened.data, std::memory_order_release);
  return opened.data;
}

Block::Mark* Block::marks() const {
  if (auto* const known = marks_.load(std::memory_order_acquire)) return known;
  const std::lock_guard lock{opening_};
  if (marks_owned_ == nullptr) {
    const auto words = (extent_ >> granule_bits) / marks_in_word + 1;
    marks_owned_ = detail::zeroed_memory(words * sizeof(Mark));
    marks_.store(static_cast<Mark*>(marks_owned_.get()), std::memory_order_release);
  }
  return static_cast<Mark*>(marks_owned_.get());
}

Result<BytesView> Block::bytes(std::uint64_t end) const {
  EVENTSTORE_TRY_ASSIGN(const auto* const data, opened());
  return BytesView{data, std::min<std::uint64_t>(end, extent_)};
}

Result<const std::byte*> Block::check(std::uint32_t offset, std::uint64_t end, format::RecordKind kind) const {
  EVENTSTORE_TRY_ASSIGN(const auto* const data, opened());
  if (kind == format::RecordKind::event)
    if (const auto* const known = record(offset)) return known;
  const auto flaw = check_record_at({data, std::min<std::uint64_t>(end, extent_)}, offset, kind);
  if (!flaw.text.empty())
    return failure(Errc::corrupt_record, "read", path(), fmt::format("offset {}: {}", offset, flaw.text));
  // A mark does not tell the kind, and record() gives events.
  if (kind == format::RecordKind::event)
    word_of(marks(), offset).fetch_or(mark_of(offset) << shift_of(offset), std::memory_order_release);
  return data + offset;
}

}  // namespace eventstore::engine
