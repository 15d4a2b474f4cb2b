#pragma once
// Finds an event's position by stream and event id. Eight bytes a slot: the id itself stands in the event's record.
#include <eventstore/core/ordinal.hpp>
#include <eventstore/core/uuid.hpp>
#include <vector>

namespace eventstore::engine {

class IdTable {
 public:
  /// The first position put under `hash` for which `is_event(position)` holds; 0 if there is none.
  template <class IsEvent> [[nodiscard]] Position find(std::uint32_t hash, IsEvent is_event) const {
    if (slots_.empty()) return Position{0};
    for (auto at = home(hash);; at = (at + 1) & (slots_.size() - 1)) {
      const auto slot = slots_[at];
      if (slot == 0) return Position{0};
      const Position position{slot & position_mask};
      if (slot >> position_bits == tag(hash) && is_event(position)) return position;
    }
  }

  /// Adds the event at the next position.
  void put_next(std::uint32_t hash);
  /// Passes over a position whose event cannot be read.
  void skip_next() { hashes_.push_back(0); }

 private:
  static constexpr unsigned position_bits = 40;
  static constexpr std::uint64_t position_mask = (std::uint64_t{1} << position_bits) - 1;

  [[nodiscard]] std::size_t home(std::uint32_t hash) const {
    return static_cast<std::size_t>(hash * static_cast<std::uint64_t>(slots_.size()) >> 32);
  }
  static std::uint64_t tag(std::uint32_t hash) { return hash & 0xFF'FFFF; }
  void insert(std::uint32_t hash, std::uint64_t position);
  void grow();

  std::vector<std::uint64_t> slots_;   // position, and above it a tag from the hash; 0 where free
  std::vector<std::uint32_t> hashes_;  // by position - 1, so that growing need not read the log
};

}  // namespace eventstore::engine
