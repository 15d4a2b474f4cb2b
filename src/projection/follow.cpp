// Run after run, as the log grows.
#include "expiry.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

using Health = ProjectionStatus::Health;

bool rests(const ProjectionStatus& status) { return status.health == Health::failed || status.health == Health::held; }

bool waits(const ProjectionStatus& status) { return status.health == Health::waiting; }

}  // namespace

Result<RunReport> ProjectionWorker::follow_log(const Projections& projections, const std::stop_token& stop,
                                               const FollowOptions& options) {
  struct EndOfFollowing {
    ~EndOfFollowing() {
      worker.is_following_ = false;
      worker.resting_.clear();
    }
    ProjectionWorker& worker;
  };
  const EndOfFollowing at_end{*this};
  BackgroundExpiry expiry{*this, projections};
  std::size_t attempts = 0;  // in vain, of those that wait
  while (true) {
    EVENTSTORE_TRY_ASSIGN(auto report, run(projections, stop));
    is_following_ = true;
    resting_.clear();
    std::ranges::copy_if(report.left, std::back_inserter(resting_), rests);
    const bool has_waiting = std::ranges::any_of(report.left, waits);
    attempts = has_waiting ? attempts + 1 : 0;
    expiry.tell(report);
    const auto since = now();
    const bool goes_on = !options.on_run || options.on_run(report);
    if (report.stopped || !goes_on) return report;
    const auto delay = std::chrono::microseconds{backoff_.delay(attempts)}.count();
    const auto is_due = [&] { return has_waiting && now().micros - since.micros >= delay; };
    for (Position head{0}; head <= report.position && !is_due() && !expiry.has_trouble();) {
      if (stop.stop_requested()) return report;
      EVENTSTORE_TRY_ASSIGN(const bool has_more, expiry.step());
      const auto patience = has_more ? std::chrono::milliseconds{0} : options.patience;
      EVENTSTORE_TRY_ASSIGN(head, log_.wait_past(report.position, stop, patience));
    }
  }
}

}  // namespace v1
}  // namespace eventstore
