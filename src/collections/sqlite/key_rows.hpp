#pragma once
// Private to the SQLite engine: which row each document of a table has that is being built and has no index yet.
#include <array>
#include <cstdint>
#include <eventstore/core/uuid.hpp>
#include <vector>

namespace eventstore::engine::sqlite {

/// A map from `_id` to the row's number. Cost: about 30 bytes a document.
class KeyRows {
 public:
  static constexpr std::int64_t row_max = 0xFFFFFFFF;

  /// 0: there is no such document.
  [[nodiscard]] std::int64_t find(const Uuid& id) const;
  /// `row` is 1 to row_max, or 0 for a document that was removed.
  void set(const Uuid& id, std::int64_t row);
  /// Of memory.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  using Words = std::array<std::uint32_t, 4>;
  struct Entry {
    Words id{};  // of zeros: none
    std::uint32_t row = 0;
  };
  struct Part {
    std::vector<Entry> entries;
    std::size_t used = 0;
  };

  static std::size_t place(const Part& part, const Words& id);
  void grow(Part& part);

  // Parts grow one by one, so that the whole is never there twice.
  std::array<Part, 256> parts_{};
  std::size_t bytes_ = 0;
};

}  // namespace eventstore::engine::sqlite
