// Which projections move on together.
#include "lane_group.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {

namespace {

constexpr auto position_of = [](const auto* lane) { return lane->at.position; };

}  // namespace

// Those that stand hindmost move on together, up to where the next ones wait, until all are at `head` or stay.
Result<void> ProjectionWorker::advance(std::vector<Lane>& lanes, Position head, Progress& progress,
                                       std::stop_token stop) {
  progress.report.position = head;
  std::vector<Lane*> moving;
  for (auto& lane : lanes) moving.push_back(&lane);
  if (moving.empty()) return {};
  progress.total = head.value - std::min(head, std::ranges::min(moving, {}, position_of)->at.position).value;
  while (!progress.report.stopped) {
    std::erase_if(moving, [](const Lane* lane) { return lane->stays.has_value(); });
    if (moving.empty()) return {};
    const auto next = hindmost(moving, head);
    if (next.lanes.front()->at.position >= head) return {};
    std::optional<Fault> fault;
    const auto move_on = [&] {
      LaneGroup together{*this, next.lanes, next.last, progress, stop};
      auto done = together.advance();
      fault = together.fault();
      return done;
    };
    EVENTSTORE_TRY(supervised(stop, {}, move_on));
    if (fault) EVENTSTORE_TRY(bear(next.lanes, moving, *fault, progress, stop));
    if (progress.report.stopped) {
      const auto behind = std::ranges::min_element(lanes, {}, [](const Lane& lane) { return lane.at.position; });
      progress.report.position = behind->at.position;
    }
  }
  return {};
}

// The lanes that move next, and where they end. One that moves by itself does not wait for the others; one whose batch
// was begun makes that batch again.
ProjectionWorker::NextLanes ProjectionWorker::hindmost(const std::vector<Lane*>& moving, Position head) {
  auto* const first = *std::ranges::min_element(moving, {}, position_of);
  const Position place = first->at.position;
  const auto has_begun = [&](const Lane* lane) { return lane->at.position == place && lane->at.begun; };
  if (const auto found = std::ranges::find_if(moving, has_begun); found != moving.end())
    return {{*found}, *(*found)->at.begun};
  if (place < first->alone_before) return {{first}, std::min(head, first->alone_before)};
  std::vector<Lane*> group;
  Position last = head;
  for (auto* const lane : moving) {
    if (lane->at.position == place && place >= lane->alone_before)
      group.push_back(lane);
    else if (lane->at.position > place)
      last = std::min(last, lane->at.position);
  }
  return {std::move(group), last};
}

}  // namespace v1
}  // namespace eventstore
