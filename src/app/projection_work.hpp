#pragma once
// Private to the use cases: what those that run a worker have in common.
#include <eventstore/app/projections.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/os/named_lock.hpp>
#include <memory>
#include <optional>
#include <string>

namespace eventstore::app {

/// A worker on the store's collections. Errors: those of opening them. Lifetime: within that of both arguments.
Result<std::unique_ptr<ProjectionWorker>> worker_of(Store& store, const ProjectionOptions& options);

/// What of all processes one alone has that rebuilds or verifies the store's collections, because what is built beside
/// a live one has one name. Errors: locked, naming the process that has it; as NamedLock::try_take. Lifetime: as
/// NamedLock.
Result<NamedLock> only_rebuild(Store& store);

/// Measures by the store's clock, which outlives it.
class Watch {
 public:
  explicit Watch(const Clock& clock) : clock_{clock}, begun_{clock.now()} {}

  /// Since it was made; none, if the clock was set back since.
  [[nodiscard]] double seconds() const;

 private:
  const Clock& clock_;
  Timestamp begun_;
};

/// The text as a row has it: absent where there is none.
std::optional<std::string> unless_empty(const std::string& text);

/// The run as a row that took so long.
ProjectionRun row_of(const RunReport& run, double seconds);

}  // namespace eventstore::app
