#pragma once
// An index file's bytes, verified block by block as they are touched. It knows sections, not their contents.
#include <atomic>
#include <eventstore/os/file_system.hpp>

#include "index_format.hpp"

namespace eventstore::engine {

/// Threads: every const member from any thread. Lifetime: spans live as long as the file, wherever it is moved.
/// Errors of all members: corrupt_record, `where` being the path; nothing damaged is ever given.
class IndexFile {
 public:
  /// Maps the file and verifies its header and its array of checksums. Errors: not_found, io_failed, corrupt_record,
  /// newer_format. Cost: reads 8 bytes for each 16 KiB of the file.
  static Result<IndexFile> open(FileSystem& files, const std::string& path, std::uint64_t magic);
  /// The same over bytes in memory; `path` is what errors name.
  static Result<IndexFile> of(Bytes bytes, std::string path, std::uint64_t magic);

  [[nodiscard]] const IndexIdentity& identity() const { return identity_; }
  [[nodiscard]] std::uint32_t version() const { return header_.format_version; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] BytesView bytes() const { return bytes_; }  ///< as they stand, not verified
  [[nodiscard]] std::uint64_t number(std::size_t which) const { return header_.numbers[which]; }

  /// How many `T` stand in a section.
  template <class T> [[nodiscard]] std::uint64_t count(std::size_t section) const {
    return header_.sections[section].bytes / sizeof(T);
  }

  /// `count` elements of a section from the `first` on, verified. Cost: a load for each block that was touched before.
  template <class T>
  [[nodiscard]] Result<std::span<const T>> array(std::size_t section, std::uint64_t first, std::uint64_t count) const {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
    const auto total = this->count<T>(section);
    if (first > total || count > total - first) return outside();
    const auto* const from = bytes_.data() + header_.sections[section].offset + first * sizeof(T);
    if (count != 0) EVENTSTORE_TRY(verify({from, static_cast<std::size_t>(count) * sizeof(T)}));
    return std::span{reinterpret_cast<const T*>(from), static_cast<std::size_t>(count)};
  }

  template <class T> [[nodiscard]] Result<T> element(std::size_t section, std::uint64_t at) const {
    EVENTSTORE_TRY_ASSIGN(const auto one, array<T>(section, at, 1));
    return one.front();
  }

  [[nodiscard]] Result<std::string_view> text(std::size_t section, std::uint64_t at, std::uint64_t bytes) const {
    EVENTSTORE_TRY_ASSIGN(const auto found, array<char>(section, at, bytes));
    return std::string_view{found.data(), found.size()};
  }

  /// Whether it is a file; otherwise it is in memory.
  [[nodiscard]] bool is_mapped() const { return mapping_ != nullptr; }
  /// Whether the disk could not read a part of it since it was opened.
  [[nodiscard]] bool has_failed() const { return mapping_ != nullptr && mapping_->has_failed(); }
  /// Verifies every block. Cost: reads the file.
  [[nodiscard]] Result<void> verify_all() const;

  /// The error of a reader of sections whose contents contradict each other.
  [[nodiscard]] tl::unexpected<Error> damaged(std::string reason) const;

 private:
  IndexFile() = default;
  static Result<IndexFile> checked(IndexFile file, std::uint64_t magic);
  [[nodiscard]] Result<void> check_layout() const;
  [[nodiscard]] tl::unexpected<Error> outside() const { return damaged("it names a place outside of its section"); }

  [[nodiscard]] Result<void> verify(BytesView touched) const {
    const auto first = static_cast<std::size_t>(touched.data() - bytes_.data()) / format::index_block_bytes;
    const auto last =
        static_cast<std::size_t>(touched.data() + touched.size() - 1 - bytes_.data()) / format::index_block_bytes;
    const bool is_verified =
        first == last && (verified_[first / 64].load(std::memory_order_relaxed) >> first % 64 & 1) != 0;
    return is_verified && !has_failed() ? Result<void>{} : verify_blocks(first, last);
  }
  [[nodiscard]] Result<void> verify_blocks(std::size_t first, std::size_t last) const;
  void read_ahead(std::uint64_t begin, std::uint64_t end) const;
  [[nodiscard]] Result<void> verify_block(std::size_t block) const;

  std::string path_;
  std::shared_ptr<Mapping> mapping_;  // one of the two holds the bytes
  Bytes owned_;
  BytesView bytes_;
  format::IndexHeader header_;
  IndexIdentity identity_;
  // A bit for each block. The bytes never change, so a thread that sees a set bit needs no further synchronisation.
  std::unique_ptr<std::atomic<std::uint64_t>[]> verified_;
};

}  // namespace eventstore::engine
