#include "stream_merge.hpp"

namespace eventstore::engine {

Result<std::span<const StreamMerge::Part>> StreamMerge::next() {
  if (!is_begun_) {
    for (std::size_t i = 0; i < inputs_.size(); ++i) EVENTSTORE_TRY(read(i, 0));
    is_begun_ = true;
  }
  const std::string_view* least = nullptr;
  for (const auto& head : heads_)
    if (head && (least == nullptr || head->name < *least)) least = &head->name;
  parts_.clear();
  if (least == nullptr) return std::span<const Part>{};
  const auto name = *least;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (!heads_[i] || heads_[i]->name != name) continue;
    parts_.push_back({i, *heads_[i]});
    EVENTSTORE_TRY(read(i, heads_[i]->rank + 1));
    if (heads_[i] && heads_[i]->name <= name) return inputs_[i]->file().damaged("its streams are not in order");
  }
  EVENTSTORE_TRY(check_parts());
  return std::span<const Part>{parts_};
}

Result<void> StreamMerge::read(std::size_t input, std::uint64_t rank) {
  heads_[input].reset();
  if (rank == inputs_[input]->stream_count()) return {};
  EVENTSTORE_TRY_ASSIGN(heads_[input], inputs_[input]->entry_by_rank(rank));
  return {};
}

// A version takes a position at least, so no more versions can be lost between two parts than positions.
Result<void> StreamMerge::check_parts() const {
  for (std::size_t i = 1; i < parts_.size(); ++i) {
    const auto& earlier = parts_[i - 1].entry;
    const auto& later = parts_[i].entry;
    if (later.first <= earlier.last || later.first_position <= earlier.last_position ||
        later.first.value - earlier.last.value > later.first_position.value - earlier.last_position.value)
      return inputs_[parts_[i].input]->file().damaged("a stream does not continue what stands in the table before");
  }
  return {};
}

}  // namespace eventstore::engine
