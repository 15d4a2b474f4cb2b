#pragma once
// The memory in which the log's bytes stand: mapped segments, or blocks of a log that lives in memory.
#include <atomic>
#include <eventstore/core/result.hpp>
#include <memory>
#include <mutex>

#include "format.hpp"

namespace eventstore::engine {

/// Has the memory of so many cache lines fetched, as far as there is any.
inline void fetch_lines(std::uintptr_t address, std::uint32_t lines) {
  constexpr std::uint32_t line_bytes = 64;
  for (std::uint32_t at = 0; at < lines * line_bytes; at += line_bytes)
    __builtin_prefetch(reinterpret_cast<const void*>(address + at));
}

/// One segment's bytes. They stay where they are for as long as the block lives. What was not checked when it was
/// indexed is checked when it is first touched. Threads: every member from any thread.
class Block {
 public:
  virtual ~Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  /// The record at `offset`, with its commit's header, where both are known to be whole; else null: see check().
  [[nodiscard]] const std::byte* record(std::uint32_t offset) const {
    const auto* const data = data_.load(std::memory_order_acquire);
    return data != nullptr && (offset >= checked_from_ || (offset < size_ && is_marked(offset))) ? data + offset
                                                                                                 : nullptr;
  }
  /// Has so many cache lines fetched of a record that will soon be read.
  void prefetch(std::uint32_t offset, std::uint32_t lines) const {
    const auto* const data = data_.load(std::memory_order_relaxed);
    if (data == nullptr) return;
    fetch_lines(reinterpret_cast<std::uintptr_t>(data) + offset, lines);
  }
  /// As record(), after checking. Errors: corrupt_record; those of opening the file.
  [[nodiscard]] Result<const std::byte*> check(std::uint32_t offset,
                                               format::RecordKind kind = format::RecordKind::event) const;

  /// The bytes before `end`, or what of them the file has; unchecked. Errors: those of opening it.
  [[nodiscard]] Result<BytesView> bytes(std::uint64_t end) const;

 protected:
  /// Bytes that are all known to be whole.
  explicit Block(const std::byte* data) : data_{data} {}
  /// `size` bytes and what will follow them; the records before `checked_from` are not known to be whole.
  Block(const std::byte* data, std::size_t size, std::uint32_t checked_from)
      : data_{data},
        checked_from_{checked_from},
        grows_{true},
        size_{size},
        marks_{make_marks(checked_from == 0 ? 0 : size)} {}
  /// A segment that opens itself, none of whose records is known to be whole before `checked_from`.
  explicit Block(std::uint32_t checked_from) : checked_from_{checked_from} {}

  struct Opened {
    const std::byte* data = nullptr;
    std::size_t size = 0;  ///< that the file has
  };
  /// Called by check(), by one thread at a time.
  [[nodiscard]] virtual Result<Opened> open() const { return Opened{}; }
  [[nodiscard]] virtual std::string path() const { return {}; }

  mutable std::atomic<const std::byte*> data_{nullptr};

 private:
  // A record takes more than 64 bytes, so each has a bit of its own.
  static constexpr unsigned granule_bits = 6;
  using Marks = std::unique_ptr<std::atomic<std::uint64_t>[]>;

  static Marks make_marks(std::size_t size) {
    return std::make_unique<std::atomic<std::uint64_t>[]>((size >> granule_bits) / 64 + 1);
  }
  [[nodiscard]] Result<const std::byte*> opened() const;
  [[nodiscard]] bool is_marked(std::uint32_t offset) const {
    const auto granule = offset >> granule_bits;
    return (marks_[granule / 64].load(std::memory_order_acquire) >> granule % 64 & 1) != 0;
  }

  const std::uint32_t checked_from_ = 0;
  const bool grows_ = false;    // the code that opened it knows its present end
  mutable std::mutex opening_;  // guards what follows until data_ is set
  mutable std::size_t size_ = 0;
  mutable Marks marks_;
};

}  // namespace eventstore::engine
