// The log in files is linearizable, whatever the disk does meanwhile.
#include "laws/linear_workload.hpp"
#include "log/hooked_file_system.hpp"

namespace file_log_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

/// A store over a disk whose syncs take as many turns as a seed says, so that groups form.
class SlowStore {
 public:
  explicit SlowStore(std::uint64_t seed, std::uint64_t failing_sync = 0) {
    files_.before_sync = [this, seed, failing_sync](const std::string& path) -> Result<void> {
      if (!path.ends_with(".log")) return {};
      const auto number = ++syncs_;
      for (auto turns = std::mt19937_64{seed * 1000 + number}() % 40; turns > 0; --turns) std::this_thread::yield();
      if (number == failing_sync && !is_healed_) return failing_call(path);
      return {};
    };
  }
  std::unique_ptr<FileLog> open() {
    auto opened = FileLog::open(files_, clock_, directory_.file("store"),
                                {.sync_interval = std::chrono::milliseconds{1}, .segment_bytes_max = 8192});
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }
  [[nodiscard]] std::uint64_t syncs() const { return syncs_; }
  void heal() { is_healed_ = true; }

 private:
  ManualClock clock_{noon};
  TemporaryDirectory directory_;
  PosixFileSystem disk_;
  HookedFileSystem files_{disk_};
  std::atomic<std::uint64_t> syncs_{0};
  std::atomic<bool> is_healed_{false};
};

}  // namespace

TEST_CASE("groups of appends that wait for a slow disk, across segments, are linearizable") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    SlowStore store{seed};
    auto log = store.open();
    const auto history = run(*log, {.seed = seed, .mixes_durabilities = true});
    CHECK(flaw_of(history, final_events(*log)).value_or("") == "");
    const auto written = count_of(history, Operation::Answer::written);
    CHECK(written > 100);
    CHECK(count_of(history, Operation::Answer::already_there) > 10);
    CHECK(store.syncs() < written);  // groups did form
    const auto before = final_events(*log).size();
    log.reset();
    log = store.open();
    CHECK(final_events(*log).size() == before);
    CHECK(flaw_of(history, final_events(*log)).value_or("") == "");
  }
}

TEST_CASE("after a sync that failed the history is linearizable, with what nobody knows done or not") {
  std::size_t unknown = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    SlowStore store{seed, 8 + std::mt19937_64{seed}() % 60};
    auto log = store.open();
    const auto history = run(*log, {.seed = seed, .operations = 40, .mixes_durabilities = true});
    unknown += count_of(history, Operation::Answer::unknown);
    store.heal();  // the history may have ended before the sync that was to fail
    log.reset();
    log = store.open();
    CHECK(flaw_of(history, final_events(*log)).value_or("") == "");
  }
  CHECK(unknown > 0);
}

}  // namespace file_log_test
