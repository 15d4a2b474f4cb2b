#pragma once
// Private to app: of several workers on one collections file, one works and one stands by (docs/adr/0028-workers.md).
#include <eventstore/os/named_lock.hpp>
#include <eventstore/projection/detail/backoff.hpp>

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace eventstore::app {

/// The processes that have to do with a collections file; each may be empty.
struct LeaseHolders {
  std::string worker;
  std::string standby;
};

/// Threads: one at a time. Lifetime: borrows the file system; gives the lease back when it is gone.
class WorkerLease {
 public:
  static constexpr std::chrono::milliseconds between_looks{500};

  /// Of the collections file at `path`, beside which two lock files stand.
  WorkerLease(FileSystem& files, std::string path) : files_{files}, path_{std::move(path)} {}

  /// Whether this object has the lease now. Errors: as NamedLock::try_take.
  Result<bool> try_take();

  /// Waits until this object has the lease, and is the one that stands by if there is none yet; false if `stop` was
  /// requested before. `on_standby` is called once, with the holder's name. Cost: a look at the file twice a second.
  Result<bool> stand_by(const Backoff& waits, const std::stop_token& stop,
                        const std::function<void(const std::string&)>& on_standby);

  /// Who has it. Errors: as NamedLock::holder.
  static Result<LeaseHolders> holders(FileSystem& files, const std::string& path);

 private:
  FileSystem& files_;
  const std::string path_;
  std::optional<NamedLock> worker_;
  std::optional<NamedLock> standby_;
};

}  // namespace eventstore::app
