#pragma once
// The memory in which the log's bytes stand: mapped segments, or blocks of a log that lives in memory.
#include <memory>
#include <vector>

#include "format.hpp"

namespace eventstore::inline v1 {

/// One segment's bytes. They stay where they are for as long as the block lives.
class Block {
 public:
  virtual ~Block() = default;
  [[nodiscard]] const std::byte* data() const { return data_; }

 protected:
  explicit Block(const std::byte* data) : data_{data} {}

 private:
  const std::byte* data_;
};

/// All blocks, by segment number - 1; null where a segment is missing. Never changed once shared: a page pins it.
using Blocks = std::vector<std::shared_ptr<const Block>>;

inline const std::byte* resolve(const Blocks& blocks, format::Location location) {
  return blocks[location.segment() - 1]->data() + location.offset();
}

}  // namespace eventstore::inline v1
