#include <eventstore/projection/projection_progress.hpp>

#include <eventstore/projection/worker.hpp>

#include <algorithm>
#include <mutex>

namespace eventstore {
inline namespace v1 {

void ProjectionProgress::reached(std::string_view projection, Position position) {
  {
    const std::lock_guard lock{mutex_};
    positions_.insert_or_assign(std::string{projection}, position);
  }
  moved_.notify_all();
}

void ProjectionProgress::reached(std::span<const ProjectionType* const> projections, const RunReport& report) {
  for (const auto* const projection : projections)
    if (std::ranges::find(report.left, projection->name(), &ProjectionStatus::name) == report.left.end())
      reached(projection->name(), report.position);
}

Position ProjectionProgress::position(std::string_view projection) const {
  const std::lock_guard lock{mutex_};
  const auto known = positions_.find(projection);
  return known == positions_.end() ? Position{0} : known->second;
}

bool ProjectionProgress::wait_until(std::string_view projection, Position position, std::chrono::milliseconds timeout,
                                    std::stop_token stop) const {
  const auto is_there = [&] {
    const auto known = positions_.find(projection);
    return position == Position{0} || (known != positions_.end() && known->second >= position);
  };
  ConditionVariable::Lock lock{mutex_};
  return is_there() || moved_.wait_for(lock, std::move(stop), timeout, is_there);
}

}  // namespace v1
}  // namespace eventstore
