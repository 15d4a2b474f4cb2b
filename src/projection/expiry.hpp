#pragma once
// Private to the projection layer: removes documents that are too old while a worker follows.
#include "lane.hpp"

namespace eventstore {
inline namespace v1 {

/// Threads: one at a time. Lifetime: borrows the worker and the projections.
class ProjectionWorker::BackgroundExpiry {
 public:
  BackgroundExpiry(ProjectionWorker& worker, const Projections& projections)
      : worker_{worker}, projections_{projections} {}

  /// Does what one transaction can, if it is time. Whether there is more to do at once. Errors: those that end the run.
  Result<bool> step();

  /// Whether there is trouble that was not told yet.
  [[nodiscard]] bool has_trouble() const { return !troubles_.empty(); }

  /// Writes into `report` what was done since the call before.
  void tell(RunReport& report);

 private:
  Result<void> begin();
  Result<void> bear(std::string name, const Error& error);

  ProjectionWorker& worker_;
  const Projections& projections_;
  std::vector<Expiring> due_{};  // the last one is next
  std::optional<Timestamp> begun_{};
  std::chrono::seconds wait_{0};  // since then
  std::uint64_t removed_ = 0;
  std::vector<std::pair<std::string, Error>> troubles_{};
};

}  // namespace v1
}  // namespace eventstore
