// Documents that are too old, by the worker's clock.
#include "expiry.hpp"

#include <algorithm>
#include <utility>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::int64_t seconds_of_day = 86'400;
// So soon is a collection tried again whose place was busy or full.
constexpr std::chrono::seconds wait_after_fault{60};
// Nobody reads a collection that is being rebuilt.
constexpr std::size_t documents_of_rebuilt_max = 10'000;

}  // namespace

std::optional<Timestamp> ExpiryOptions::moment(const CollectionShape& shape, Timestamp now) const {
  const auto own = days.find(shape.name);
  const std::int64_t limit = own != days.end() ? std::int64_t{own->second} : by_shape ? shape.keep_days : 0;
  if (limit <= 0) return std::nullopt;
  return now.plus_seconds(-limit * seconds_of_day);
}

// A collection that is not live may be another projection's, or have no index yet. One whose checkpoint cannot be read
// is failed, as its status says, and holds up no other.
Result<std::vector<ProjectionWorker::Expiring>> ProjectionWorker::expiring(const Projections& projections) const {
  using Health = ProjectionStatus::Health;
  std::vector<Expiring> due;
  const auto is_live = [&](const ProjectionType& projection) -> Result<bool> {
    EVENTSTORE_TRY_ASSIGN(const auto checkpoint, collections_.checkpoint(projection.name()));
    if (!checkpoint) return false;
    EVENTSTORE_TRY_ASSIGN(const auto judged, judge(log_, projection, *checkpoint, aggregates_.all()));
    return judged.health == Health::live || judged.health == Health::expired;
  };
  for (const auto* const projection : projections) {
    const auto moment = options_.expiry.moment(projection->shape, now());
    if (!moment) continue;
    auto live = is_live(*projection);
    if (!live && ends_run(live.error().code)) return failure_of(live);
    if (live && *live) due.push_back({&projection->shape, *moment});
  }
  return due;
}

// One transaction. Whether the collection may have more of them.
Result<bool> ProjectionWorker::expire_some(const Expiring& each, std::uint64_t& removed) {
  const auto most = std::max<std::size_t>(options_.expiry.documents_max, 1);
  EVENTSTORE_TRY_ASSIGN(const auto gone, collections_.expire(*each.shape, each.shape->name, each.moment, most));
  removed += gone;
  return gone == most;
}

// The trouble of one collection holds up no other.
Result<std::uint64_t> ProjectionWorker::expire_all(const Projections& projections, const std::stop_token& stop) {
  EVENTSTORE_TRY(check_projections(projections));
  EVENTSTORE_TRY_ASSIGN(const auto due, expiring(projections));
  std::uint64_t removed = 0;
  std::optional<Error> trouble;
  for (const auto& each : due) {
    Progress progress{};
    bool has_more = true;
    const auto some = [&]() -> Result<void> {
      EVENTSTORE_TRY_ASSIGN(has_more, expire_some(each, removed));
      return {};
    };
    while (has_more) {
      if (stop.stop_requested())
        return failure(Errc::stopped, "expire documents", each.shape->name, "run the same again to go on");
      auto done = with_retries(progress, stop, some);
      if (done) continue;
      if (ends_run(done.error().code)) return failure_of(done);
      if (!trouble) trouble = std::move(done.error());
      has_more = false;
    }
  }
  if (trouble) return failure(std::move(*trouble));
  return removed;
}

// What had expired in the live collection goes from the one that takes its place. What expires meanwhile goes in the
// transaction that puts it there.
Result<void> ProjectionWorker::expire_rebuilt(const ProjectionType& projection, const std::string& name,
                                              Progress& progress, const std::stop_token& stop) {
  EVENTSTORE_TRY_ASSIGN(const auto moment, collections_.expired_before(projection.name()));
  if (!moment || !projection.shape.keep_since_column()) return {};
  std::uint64_t removed = documents_of_rebuilt_max;
  const auto some = [&]() -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(removed, collections_.expire(projection.shape, name, *moment, documents_of_rebuilt_max));
    return {};
  };
  while (removed == documents_of_rebuilt_max && !progress.report.stopped) {
    progress.report.stopped = stop.stop_requested();
    if (!progress.report.stopped) EVENTSTORE_TRY(with_retries(progress, stop, some));
  }
  return {};
}

Result<void> ProjectionWorker::BackgroundExpiry::begin() {
  begun_ = worker_.now();
  wait_ = worker_.options_.expiry.every;
  EVENTSTORE_TRY_ASSIGN(due_, worker_.expiring(projections_));
  std::ranges::reverse(due_);
  return {};
}

Result<bool> ProjectionWorker::BackgroundExpiry::step() {
  const auto now = worker_.now();
  const auto micros = std::chrono::microseconds{wait_}.count();
  // A clock that was set back says nothing of what is due.
  if (due_.empty() && begun_ && now >= *begun_ && now.micros - begun_->micros < micros) return false;
  if (due_.empty()) EVENTSTORE_TRY(begin());
  if (due_.empty()) return false;
  const auto each = due_.back();
  const auto has_more = worker_.expire_some(each, removed_);
  if (!has_more) EVENTSTORE_TRY(bear(each.shape->name, has_more.error()));
  if (!has_more || !*has_more) due_.pop_back();
  return !due_.empty();
}

// Documents that stay a while longer are no reason to follow no more.
Result<void> ProjectionWorker::BackgroundExpiry::bear(std::string name, const Error& error) {
  if (ends_run(error.code)) return failure(error);
  if (passes(error.code)) wait_ = std::min(wait_, wait_after_fault);
  troubles_.emplace_back(std::move(name), error);
  return {};
}

void ProjectionWorker::BackgroundExpiry::tell(RunReport& report) {
  report.expired = std::exchange(removed_, 0);
  report.not_expired = std::exchange(troubles_, {});
}

}  // namespace v1
}  // namespace eventstore
