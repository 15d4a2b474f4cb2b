// Which projections move on together.
#include "lane_group.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {

// Lanes at the same place move on together, up to where the next lane waits, until all are at `head` or held.
Result<void> ProjectionWorker::advance(std::vector<Lane>& lanes, Position head, Progress& progress,
                                       std::stop_token stop) {
  progress.report.position = head;
  const auto place = [](const Lane& lane) { return lane.at.position; };
  const auto position_of = [](const Lane* lane) { return lane->at.position; };
  std::vector<Lane*> moving;
  for (auto& lane : lanes) moving.push_back(&lane);
  if (lanes.empty()) return {};
  progress.total = head.value - std::min(head, std::ranges::min(lanes, {}, place).at.position).value;
  while (!progress.report.stopped) {
    std::erase_if(moving, [](const Lane* lane) { return lane->held.has_value(); });
    if (moving.empty()) return {};
    const Position hindmost = (*std::ranges::min_element(moving, {}, position_of))->at.position;
    if (hindmost >= head) return {};
    std::vector<Lane*> group;
    Position last = head;
    for (auto* const lane : moving) {
      if (lane->at.position == hindmost)
        group.push_back(lane);
      else
        last = std::min(last, lane->at.position);
    }
    EVENTSTORE_TRY(supervised(stop, {}, [&] {
      return LaneGroup{*this, std::move(group), last, progress, stop}.advance();
    }));
    if (progress.report.stopped) progress.report.position = std::ranges::min(lanes, {}, place).at.position;
  }
  return {};
}

}  // namespace v1
}  // namespace eventstore
