#pragma once
// A segment file, mapped as far as it may ever grow.
#include <eventstore/os/file_system.hpp>

#include "../bytes/blocks.hpp"

namespace eventstore::engine {

class StoreFiles;

/// A segment's file, mapped up to its capacity; or, if it was archived, its unpacked bytes in memory.
struct MappedSegment {
  std::unique_ptr<File> file;
  std::shared_ptr<Mapping> mapping;
  std::size_t size = 0;            ///< of the file
  format::SegmentHeader header{};  ///< as a call read it; the map may show zeros by now
};

/// Threads: those of Block; only the code that extends or follows the log uses the other members.
class Segment final : public Block {
 public:
  /// A segment that is opened at its first use. `store` outlives all use.
  Segment(const StoreFiles& store, std::uint32_t number, const Uuid& store_id);
  /// An open segment, mapped as far as it may ever grow.
  Segment(MappedSegment opened, std::string path);

  [[nodiscard]] const std::byte* data() const { return data_.load(std::memory_order_relaxed); }
  /// Of an open segment, as it was when that was opened.
  [[nodiscard]] const format::SegmentHeader& header() const { return header_; }
  /// Null once it is closed. A sync in flight holds it.
  [[nodiscard]] const std::shared_ptr<File>& file() const { return file_; }
  void close_file() { file_.reset(); }
  [[nodiscard]] std::string path() const override { return path_; }

 private:
  [[nodiscard]] Result<Opened> open() const override;

  const StoreFiles* store_ = nullptr;
  const std::uint32_t number_ = 0;
  const Uuid store_id_;
  const format::SegmentHeader header_{};
  mutable std::shared_ptr<Mapping> mapping_;
  std::shared_ptr<File> file_;
  std::string path_;
};

}  // namespace eventstore::engine
