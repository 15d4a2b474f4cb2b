#include "power_run.hpp"

#include <algorithm>
#include <eventstore/file_log/verify.hpp>
#include "power_states.hpp"

#include "power_actions.hpp"

namespace eventstore::power {
namespace {

// A program that is over reads what it mapped, and nothing else.
bool is_over(const Broken& broken) { return broken.what.find("a run that is over") != std::string::npos; }

constexpr Timestamp start{1'769'515'200'000'000};  // 2026-01-27T12:00:00Z

SimulatedDiskOptions disk_options(std::uint64_t seed) {
  SimulatedDiskOptions options{.seed = seed, .file_bytes_max = std::size_t{1} << 20};
  if (seed % 4 == 3) options.failures_in_10000.fill(30);
  if (seed % 2 == 0) options.short_transfers_in_10000 = 500;
  options.overwrites_need_space = seed % 5 == 1;
  options.directory_errors_are_told_once = seed % 5 == 2;
  return options;
}

}  // namespace

PowerRun::PowerRun(const Life& life)
    : retains{life.seed % 3 == 0},
      keeps_states{life.seed % 6 == 0},
      maps_most{life.seed % 16 == 1 ? std::size_t{3} : 8192},
      random{life.seed},
      disk{disk_options(life.seed)},
      clock{start} {
  boot_ = disk.boot_id();
  watched_.look = [this] { look(); };
}

template <class T> bool PowerRun::is_excused(const Result<T>& failed, std::uint64_t failures_before) const {
  return !disk.is_running() || (disk.failures() > failures_before && failed.error().code != Errc::corrupt_record);
}

FileLogOptions PowerRun::options() {
  FileLogOptions options;
  options.durability = random.pick({Durability::every_commit, Durability::every_commit, Durability::on_close});
  options.sync_interval = std::chrono::hours{24};
  options.background_work = false;
  options.maps_most = maps_most;
  options.new_store_id.octets.fill(7);  // what is packed is as long in every run
  options.prepared_bytes = static_cast<std::size_t>(random.pick({0, 6'000, 1 << 20}));
  options.segment_bytes_max = static_cast<std::size_t>(random.pick({4096, 4096, 8192, 16384}));
  return options;
}

void PowerRun::open() {
  if (log_ || !disk.is_running()) return;
  const auto failures_before = disk.failures();
  auto opened = FileLog::open(watched_, clock, directory, options());
  tell_what_was_seen();
  if (!opened && caches_dropped_ && model.durable < model.commits() && opened.error().code == Errc::corrupt_record)
    return disk.cut_power();  // a failed sync has lost what was acknowledged before it, and the log says so
  is_published_ = false;      // readers may see what it found, and the model does not know it yet
  if (!opened) return require(is_excused(opened, failures_before), "opening: " + opened.error().message());
  if (!disk.is_running()) return;
  log_ = std::move(*opened);
  is_poisoned_ = false;
  is_closed_ = false;
  has_store_ = true;
  try {
    reconcile();
  } catch (const Broken&) {
    // Segments are opened as they are read.
    if (disk.failures() == failures_before && disk.is_running()) throw;
    is_published_ = false;  // what was unknown may be there by now
    return log_.reset();
  }
  is_published_ = true;
}

// What is there must be all that was promised, then perhaps more of what was written, and nothing else.
void PowerRun::check_what_is_there(const std::vector<ModelEvent>& there) const {
  const auto promised = may_have_lost_ ? model.durable : model.commits();
  require(there.size() >= model.events_before(promised),
          "only " + std::to_string(there.size()) + " events are there of " +
              std::to_string(model.events_before(promised)) + " that were acknowledged as lasting");
  const auto known = std::min(there.size(), model.events().size());
  for (std::size_t i = 0; i < known; ++i)
    require(same_event(there[i], model.events()[i]), "event " + std::to_string(i + 1) + " is not what was written");
  if (there.size() <= model.events().size())
    return require(model.commits_with(there.size()).has_value(), "a commit is half there");
  require(model.unknown.has_value(), "there is an event that was never written, or that was refused");
  Model with_unknown = model;
  with_unknown.add(*model.unknown);
  require(there.size() == with_unknown.events().size(), "a commit of unknown outcome is half there");
  for (auto i = known; i < there.size(); ++i)
    require(same_event(there[i], with_unknown.events()[i]), "a commit of unknown outcome is not what was written");
}

void PowerRun::reconcile() {
  take_expired(needed(log_->expired(), "what expired"));
  const auto there = scan(*log_, model, 1 + random.below(50));
  check_what_is_there(there);
  require(there.size() >= seen_, "what a reader saw is gone");
  to_retry = model.unknown;
  if (there.size() > model.events().size()) {
    add(*model.unknown);
  } else {
    const auto kept = *model.commits_with(there.size());
    if (kept < model.commits()) to_retry = model.commit(kept);
    lose_from(kept);
    if (model.unknown) absent.insert(absent.end(), model.unknown->events.begin(), model.unknown->events.end());
  }
  model.unknown.reset();
  model.durable = model.commits();
  model.forget_expired_schemas();
  may_have_lost_ = false;
  caches_dropped_ = false;
}

// Whole commits that were asked to be dropped; what is gone stays so.
void PowerRun::take_expired(Position expired) {
  require(expired.value >= model.expired, "what expired is there again");
  require(expired.value <= may_expire_, "what was not asked to be dropped expired");
  const auto commits = model.commits_with(expired.value);
  require(commits.has_value(), "half a commit expired");
  model.expired = expired.value;
  model.durable = std::max(model.durable, *commits);
}

void PowerRun::retain(const RetentionPolicy& policy) {
  if (!log_ || !disk.is_running()) return;
  (void)log_->settle();  // what failed before is not told by retention
  const auto failures_before = disk.failures();
  if (policy.action == RetentionPolicy::Action::drop && !policy.dry_run && is_writable())
    may_expire_ = std::max(may_expire_, model.recorded_before(policy.before));
  auto told = policy;
  if (keeps_states) told.state_of = states_of(*log_);
  const auto report = log_->retain(told);
  if (!disk.is_running()) return;
  if (!report && !is_writable() && report.error().code == Errc::read_only) return;
  require(report || is_excused(report, failures_before), report ? "" : "retention: " + report.error().message());
  require(!report || is_writable(), "a log that is closed or failed drops");
  const auto expired = needed(log_->expired(), "what expired");
  require(!report || report->expired == expired, "retention tells something else than the log");
  take_expired(expired);
}

void PowerRun::lose_from(std::size_t commits) {
  for (auto i = commits; i < model.commits(); ++i)
    absent.insert(absent.end(), model.commit(i).events.begin(), model.commit(i).events.end());
  model.keep(commits);
  checksums_.resize(commits);
}

void PowerRun::add(const ModelCommit& commit) {
  model.add(commit);
  const auto checksum = log_->checksum_at(Position{model.events().size()});
  checksums_.push_back(checksum ? *checksum : 0);
}

void PowerRun::sync() {
  if (!log_ || !disk.is_running()) return;
  const auto failures_before = disk.failures();
  const auto synced = log_->sync();
  if (synced) {
    require(is_writable(), "a log that is closed or failed syncs");
    model.durable = model.commits();
    return;
  }
  if (!is_writable() && synced.error().code == Errc::read_only) return;
  require(is_excused(synced, failures_before), "syncing: " + synced.error().message());
  is_poisoned_ = true;
}

void PowerRun::close() {
  close_log();
  if (!disk.is_running() || !random.chance(20)) log_.reset();
}

void PowerRun::close_log() {
  if (!log_) return;
  const auto failures_before = disk.failures();
  const auto closed = log_->close();
  tell_what_was_seen();
  require(!closed || !is_poisoned_ || !disk.is_running(), "closing a log that failed tells nothing");
  if (closed && is_writable()) model.durable = model.commits();
  if (!closed) require(!is_writable() || is_excused(closed, failures_before), "closing: " + closed.error().message());
  is_closed_ = true;
}

void PowerRun::back_up_closed() {
  close_log();
  back_up();
  log_.reset();
}

void PowerRun::end_programs() {
  disk.end_run();
  caches_dropped_ = random.chance(40);
  if (caches_dropped_) disk.drop_caches();
  restart();
}

void PowerRun::restart() {
  disk.end_run();
  log_.reset();
  reader_.reset();
  disk.restart();
  disk.heal();
  disk.set_free_bytes(std::nullopt);
  if (disk.boot_id() == boot_) return;
  boot_ = disk.boot_id();
  may_have_lost_ = true;
  caches_dropped_ = false;
  is_published_ = false;
  seen_ = 0;
}

void PowerRun::follow() {
  if (!disk.is_running() || caches_dropped_) return;
  const auto failures_before = disk.failures();
  if (!reader_) {
    auto opened =
        FileLog::open(disk, clock, directory, {.mode = FileLogOptions::Mode::read_only, .maps_most = maps_most});
    if (!opened && opened.error().code == Errc::not_found && !has_store_) return;
    if (!opened) return require(is_excused(opened, failures_before), "a reader opens: " + opened.error().message());
    reader_ = std::move(*opened);
  }
  const auto head = reader_->head();
  if (!head) {
    require(is_excused(head, failures_before), "a reader reads: " + head.error().message());
    return reader_.reset();
  }
  std::vector<ModelEvent> there;
  try {
    there = scan(*reader_, model, 1 + random.below(50));
  } catch (const Broken& broken) {
    if (disk.failures() == failures_before && !is_over(broken)) throw;
    return reader_.reset();
  }
  require(there.size() >= seen_, "a reader sees less than a reader saw before");
  // A writer that is being opened shows what it found, once that is on the disk.
  require(!is_published_ || there.size() <= model.events().size() || is_unknown_on_disk(),
          "a reader sees what was not acknowledged");
  check_what_is_there(there);
  seen_ = there.size();
}

bool PowerRun::is_unknown_on_disk() {
  if (log_ || !model.unknown) return false;
  const auto& id = model.unknown->events.back().id.uuid.octets;
  const auto paths = files(".log");
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
    const auto content = disk.on_disk(path);
    const auto bytes = std::as_bytes(std::span{id});
    return content && std::search(content->begin(), content->end(), bytes.begin(), bytes.end()) != content->end();
  });
}

// Another process, in the middle of what this one does.
void PowerRun::look() {
  if (!is_watching_ || is_looking_ || !seen_wrong_.empty()) return;
  is_looking_ = true;
  disk.set_random_failures(false);
  try {
    follow();
  } catch (const Broken& broken) {
    seen_wrong_ = broken.what;  // the engine that is at work must not meet it
  }
  disk.set_random_failures(fails_at_random_);
  is_looking_ = false;
}

void PowerRun::set_random_failures(bool are_on) {
  fails_at_random_ = are_on;
  disk.set_random_failures(are_on);
}

void PowerRun::verify() {
  if (!disk.is_running() || caches_dropped_ || !has_store_) return;
  const auto failures_before = disk.failures();
  const auto report = eventstore::verify(disk, directory, {.chain = true});
  if (!report && are_caches_spoilt_ && report.error().code == Errc::newer_format) return;
  if (!report) return require(is_excused(report, failures_before), "verifying: " + report.error().message());
  if (disk.failures() > failures_before) return;
  for (const auto& finding : report->findings)
    require(are_caches_spoilt_ && !finding.file.ends_with(".log") && !finding.file.ends_with("manifest"),
            "verify finds " + finding.file + " at " + std::to_string(finding.offset) + ": " + finding.what);
  if (!is_writable()) return;
  // A drop that failed may have been stated, and not be known to last.
  const auto expired = report->expired.value;
  require(expired == model.expired || (expired > model.expired && expired <= may_expire_),
          "verify tells something else of what expired");
  require(report->events + expired == model.events().size(), "verify counts other events");
}

void PowerRun::back_up() {
  if (log_ && !retains) backup_.make(model, *log_, is_writable());
}

void PowerRun::check() {
  if (!log_) return;
  const auto failures_before = disk.failures();
  try {
    check_all();
  } catch (const Broken& broken) {
    if (disk.failures() == failures_before && !is_over(broken)) throw;
  }
}

void PowerRun::check_all() {
  require(scan(*log_, model, 1 + random.below(50)).size() == model.events().size(), "the log is of another length");
  check_indexes(*log_, model, absent);
  check_states(*log_, model, keeps_states);
  for (std::size_t i = 0; i < model.commits(); ++i) {
    if (model.events_before(i + 1) < model.expired) continue;
    const auto checksum = needed(log_->checksum_at(Position{model.events_before(i + 1)}), "the checksum of a commit");
    require(checksums_[i] == 0 || checksums_[i] == checksum, "the checksum of a commit has changed");
    checksums_[i] = checksum;
  }
}

void PowerRun::finish() {
  disk.never_stop();
  disk.heal();
  disk.set_free_bytes(std::nullopt);
  set_random_failures(false);
  close_log();
  log_.reset();
  reader_.reset();
  tell_what_was_seen();
}

void PowerRun::work(int count) {
  const auto list = actions();
  std::uint64_t weights = 0;
  for (const auto& action : list) weights += action.weight;
  for (; count > 0 && disk.is_running(); --count) {
    if (!log_ || (!is_writable() && random.chance(60))) {
      if (log_) random.chance(50) ? close() : end_programs();
      log_.reset();
      if (random.chance(70)) disk.heal();
      open();
      if (!log_ && random.chance(50)) follow();
      continue;
    }
    auto drawn = random.below(weights);
    const auto* action = list.data();
    while (drawn >= action->weight) drawn -= (action++)->weight;
    watch(random.chance(8));
    action->perform(*this);
    watch(false);
    tell_what_was_seen();
  }
}

}  // namespace eventstore::power
