#include "log_index.hpp"

#include <algorithm>

namespace eventstore::inline v1 {

void LogIndex::exchange(View changed) {
  view_ = std::make_shared<const View>(std::move(changed));
  read_side_.exchange(view_);
}

void LogIndex::add_block(std::uint32_t number, std::shared_ptr<const Block> block) {
  auto changed = *view_;
  changed.blocks.resize(std::max<std::size_t>(changed.blocks.size(), number));
  changed.blocks[number - 1] = std::move(block);
  changed.tails.push_back(std::make_shared<TailIndex>(head()));
  exchange(std::move(changed));
}

void LogIndex::add_commit(format::Location commit) {
  const auto* const bytes = bytes_at(commit);
  schemas().add_commit(bytes, commit);
  tail().add_commit(bytes, commit);
}

void LogIndex::add(Damage damage) {
  auto changed = *view_;
  if (changed.tails.empty()) changed.tails.push_back(std::make_shared<TailIndex>(Position{0}));
  changed.tails.back()->add_lost(damage.last);
  changed.damages.push_back(std::move(damage));
  exchange(std::move(changed));
}

}  // namespace eventstore::inline v1
