#pragma once
// The memory in which the log's bytes stand: mapped segments, or blocks of a log that lives in memory.
#include <atomic>
#include <eventstore/core/result.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <eventstore/os/detail/zeroed_memory.hpp>
#include <eventstore/os/file_system.hpp>
#include <memory>

#include "format.hpp"

namespace eventstore::engine {

/// Has the memory of so many cache lines fetched, as far as there is any.
inline void fetch_lines(std::uintptr_t address, std::uint32_t lines) {
  constexpr std::uint32_t line_bytes = 64;
  for (std::uint32_t at = 0; at < lines * line_bytes; at += line_bytes)
    __builtin_prefetch(reinterpret_cast<const void*>(address + at));
}

/// The error of a read that met bytes of a map which could not be read. They may have been taken for zeros.
Error unreadable(std::string during, std::string path = {});

/// One segment's bytes. They stay where they are for as long as the block lives. What an index file says about them is
/// checked when it is first used. Threads: every member from any thread.
class Block {
 public:
  virtual ~Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  /// The record at `offset`, of which this process knows that it is whole, because it has checked or written it; unless
  /// has_failed().
  [[nodiscard]] const std::byte* at(std::uint32_t offset) const {
    return data_.load(std::memory_order_acquire) + offset;
  }
  /// The event's record at `offset`, with its commit's header, if check() has found both whole; otherwise null.
  [[nodiscard]] const std::byte* record(std::uint32_t offset) const {
    auto* const marks = marks_.load(std::memory_order_acquire);
    return marks != nullptr && !has_failed() && offset < extent_ && mark_at(marks, offset) == mark_of(offset)
               ? data_.load(std::memory_order_relaxed) + offset
               : nullptr;
  }
  /// Whether some of its bytes could not be read, and are zeros: then no record is known to be whole any more, and each
  /// is checked whenever it is asked for.
  [[nodiscard]] bool has_failed() const {
    const auto* const mapping = mapping_in_use_.load(std::memory_order_acquire);
    return is_distrusted_.load(std::memory_order_relaxed) || (mapping != nullptr && mapping->has_failed());
  }
  /// From now on has_failed(): its bytes may become others, as those of a sync that failed do when the system forgets
  /// them and reads the disk again.
  void distrust() { is_distrusted_.store(true, std::memory_order_release); }
  /// Has so many cache lines fetched of a record that will soon be read.
  void prefetch(std::uint32_t offset, std::uint32_t lines) const {
    const auto* const data = data_.load(std::memory_order_relaxed);
    if (data == nullptr) return;
    fetch_lines(reinterpret_cast<std::uintptr_t>(data) + offset, lines);
    if (const auto* const marks = marks_.load(std::memory_order_relaxed))
      __builtin_prefetch(marks + (offset >> granule_bits) / marks_in_word);
  }
  /// The record of that kind at `offset`, after checking: the whole record must be before `end`. `offset` may be any
  /// number. Errors: corrupt_record; those of opening the file.
  [[nodiscard]] Result<const std::byte*> check(std::uint32_t offset, std::uint64_t end,
                                               format::RecordKind kind = format::RecordKind::event) const;

  /// The bytes before `end`, or what of them the file has; unchecked. Errors: those of opening it.
  [[nodiscard]] Result<BytesView> bytes(std::uint64_t end) const;

 protected:
  /// Bytes that are there, and that will be there up to `extent`.
  Block(const std::byte* data, std::size_t extent, const Mapping* mapping = nullptr)
      : data_{data}, mapping_in_use_{mapping}, extent_{extent} {}
  /// A segment that opens itself.
  Block() = default;

  struct Opened {
    const std::byte* data = nullptr;
    std::size_t size = 0;              ///< that the file has
    const Mapping* mapping = nullptr;  ///< null for memory; lives as long as the block
  };
  /// Called by check(), by one thread at a time.
  [[nodiscard]] virtual Result<Opened> open() const { return Opened{}; }
  [[nodiscard]] virtual std::string path() const { return {}; }

  mutable std::atomic<const std::byte*> data_{nullptr};

 private:
  // An event's record takes more than 64 bytes. So each granule of 64 bytes has at most one that begins in it, and its
  // mark says where: 0 for none that was checked, otherwise the eighth of the granule, from 1 on.
  using Mark = std::uint64_t;
  static constexpr unsigned granule_bits = 6;
  static constexpr unsigned mark_bits = 4;
  static constexpr unsigned marks_in_word = 64 / mark_bits;

  static Mark mark_of(std::uint32_t offset) { return offset % 8 == 0 ? offset % 64 / 8 + 1 : ~Mark{0}; }
  static std::atomic_ref<Mark> word_of(Mark* marks, std::uint32_t offset) {
    return std::atomic_ref{marks[(offset >> granule_bits) / marks_in_word]};
  }
  static unsigned shift_of(std::uint32_t offset) { return (offset >> granule_bits) % marks_in_word * mark_bits; }
  static Mark mark_at(Mark* marks, std::uint32_t offset) {
    return word_of(marks, offset).load(std::memory_order_acquire) >> shift_of(offset) & 0xF;
  }

  mutable std::atomic<const Mapping*> mapping_in_use_{nullptr};
  std::atomic<bool> is_distrusted_{false};

  [[nodiscard]] Result<const std::byte*> opened() const;
  [[nodiscard]] Mark* marks() const;

  mutable Mutex opening_;  // guards what follows until it is set
  mutable std::size_t extent_ = 0;
  mutable detail::ZeroedMemory marks_owned_;
  mutable std::atomic<Mark*> marks_{nullptr};
};

}  // namespace eventstore::engine
