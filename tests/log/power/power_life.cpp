#include "power_run.hpp"

namespace eventstore::power {
namespace {

// Opens after a restart, sometimes with a reader before the writer, until the log is open or the run ends again.
void come_back(PowerRun& run) {
  run.set_random_failures(false);
  if (run.random.chance(40)) run.follow();
  run.watch(run.random.chance(20));
  run.open();
  run.watch(false);
  if (!run.disk.is_running()) return;
  require(run.is_open(), "the store does not open again");
  run.check();
  if (run.random.chance(30)) run.verify();
  if (run.random.chance(30)) run.back_up();
  if (run.to_retry && run.random.chance(75)) {
    const auto commit = *run.to_retry;
    run.to_retry.reset();
    run.append(commit);
  }
  run.set_random_failures(true);
}

// What is on the disk before any program is started on it again.
void look_around(PowerRun& run) {
  run.set_random_failures(false);
  run.verify();
  if (run.retains) return;
  run.check_backup();
  if (run.random.chance(20)) run.lose_caches();
  if (run.random.chance(20)) run.spoil_caches();
  if (run.random.chance(25)) run.put_back_copy();
}

// Another end of the run soon, often while the store is being opened again.
void plan_another_end(PowerRun& run) {
  const auto after = 1 + run.random.below(run.random.chance(50) ? 8 : 40);
  if (run.random.chance(70))
    run.disk.cut_power_after(after);
  else
    run.disk.end_run_after(after);
}

void end_and_return(PowerRun& run) {
  for (int round = 0; round < 3; ++round) {
    run.restart();
    look_around(run);
    if (run.random.chance(50)) plan_another_end(run);
    come_back(run);
    run.work(static_cast<int>(run.random.below(10)));
    run.disk.never_stop();
    if (run.disk.is_running() && run.random.chance(30)) run.back_up_closed();
    if (run.disk.is_running() && run.random.chance(50)) run.disk.cut_power();
  }
  // What was acknowledged in the last run has to survive too.
  run.disk.cut_power();
  run.restart();
  look_around(run);
  come_back(run);
  run.follow();
  run.end_programs();
  come_back(run);
  if (!run.disk.is_running()) {  // nobody may go on with what a failed sync has lost until the machine starts again
    run.restart();
    come_back(run);
  }
  run.work(1);
  run.finish();
  run.verify();
  if (run.retains) return;
  run.check_backup();
  run.rot();
}

}  // namespace

Outcome live(const Life& life) {
  PowerRun run{life};
  Outcome outcome;
  try {
    Random by_cut{life.seed * 0x9E3779B97F4A7C15U + life.cut};
    if (life.cut != 0 && by_cut.chance(20))
      run.disk.end_run_after(life.cut);
    else if (life.cut != 0)
      run.disk.cut_power_after(life.cut);
    run.work(actions_before_cut);
    outcome.changes = run.disk.changes();
    run.random = by_cut;
    end_and_return(run);
  } catch (const Broken& broken) {
    outcome.broken = broken.what;
  }
  outcome.trace = run.disk.trace();
  return outcome;
}

}  // namespace eventstore::power
