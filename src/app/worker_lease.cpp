#include "worker_lease.hpp"

namespace eventstore::app {
namespace {

std::string worker_file(const std::string& path) { return path + "-worker"; }
std::string standby_file(const std::string& path) { return path + "-standby"; }

}  // namespace

Result<bool> WorkerLease::try_take() {
  if (worker_) return true;
  EVENTSTORE_TRY_ASSIGN(worker_, NamedLock::try_take(files_, worker_file(path_)));
  return worker_.has_value();
}

Result<bool> WorkerLease::stand_by(const Backoff& waits, const std::stop_token& stop,
                                   const std::function<void(const std::string&)>& on_standby) {
  for (bool is_told = false; !stop.stop_requested(); waits.wait(between_looks, stop)) {
    EVENTSTORE_TRY_ASSIGN(const bool is_ours, try_take());
    if (is_ours) {
      standby_.reset();
      return true;
    }
    if (!standby_) {
      EVENTSTORE_TRY_ASSIGN(standby_, NamedLock::try_take(files_, standby_file(path_)));
    }
    if (is_told) continue;
    EVENTSTORE_TRY_ASSIGN(const auto now, holders(files_, path_));
    if (now.worker.empty()) continue;  // it has just ended
    is_told = true;
    if (on_standby) on_standby(now.worker);
  }
  return false;
}

Result<LeaseHolders> WorkerLease::holders(FileSystem& files, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(auto worker, NamedLock::holder(files, worker_file(path)));
  EVENTSTORE_TRY_ASSIGN(auto standby, NamedLock::holder(files, standby_file(path)));
  return LeaseHolders{std::move(worker), std::move(standby)};
}

}  // namespace eventstore::app
