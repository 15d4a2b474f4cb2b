#pragma once
// The ordinals in a segment that a filter admits: a Roaring bitmap, read only.
#include <eventstore/core/bytes.hpp>
#include <memory>
#include <optional>
#include <span>
#include <vector>

struct roaring_bitmap_s;

namespace eventstore::engine {

/// Ordinals count from 0. Threads: every member from any thread.
class Matches {
 public:
  /// Takes a bitmap in Roaring's portable format whose values are all below `end`; null where `bytes` are no such
  /// bitmap, in any respect. Throws bad_alloc. Cost: reads the bytes twice.
  static std::shared_ptr<const Matches> parse(BytesView bytes, std::uint64_t end);
  /// All of [0, end) but the ranges given.
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  static std::shared_ptr<const Matches> all_but(std::uint64_t end, std::span<const Range> lost);
  static std::shared_ptr<const Matches> both(const Matches& a, const Matches& b);
  static std::shared_ptr<const Matches> none();

  [[nodiscard]] bool is_empty() const;
  [[nodiscard]] std::uint64_t count() const;
  /// About the memory that it takes.
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] bool contains(std::uint32_t ordinal) const;
  /// The first that is not less than `from`.
  [[nodiscard]] std::optional<std::uint32_t> next(std::uint32_t from) const;
  /// The last that is not greater than `from`.
  [[nodiscard]] std::optional<std::uint32_t> previous(std::uint32_t from) const;
  /// Fills `into` with ordinals not less than `from`, ascending, and says how many they are: fewer only at the end.
  std::size_t next(std::uint32_t from, std::span<std::uint32_t> into) const;
  /// Fills `into` with ordinals not greater than `from`, descending, and says how many they are.
  std::size_t previous(std::uint32_t from, std::span<std::uint32_t> into) const;

 private:
  struct Release {
    void operator()(roaring_bitmap_s* bitmap) const;
  };
  using Bitmap = std::unique_ptr<roaring_bitmap_s, Release>;
  explicit Matches(Bitmap bitmap) : bitmap_{std::move(bitmap)} {}
  static std::shared_ptr<const Matches> owning(roaring_bitmap_s* bitmap);

  Bitmap bitmap_;
};

/// The bytes of the bitmap that has `ordinals`, which ascend. Throws bad_alloc.
Bytes bitmap_bytes(std::span<const std::uint32_t> ordinals);

}  // namespace eventstore::engine
