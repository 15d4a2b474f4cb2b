#include "power_backup.hpp"

#include <algorithm>
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/file_log/verify.hpp>

#include "log/backup/backup_manifest.hpp"
#include "power_run.hpp"

namespace eventstore::power {

using namespace engine;
namespace {

bool begins_with(const std::vector<ModelEvent>& events, const std::vector<ModelEvent>& first) {
  return first.size() <= events.size() && std::equal(first.begin(), first.end(), events.begin(), same_event);
}

bool is_disk_error(Errc code) {
  return code == Errc::io_failed || code == Errc::out_of_space || code == Errc::out_of_memory;
}

}  // namespace

void PowerBackup::make(const Model& model, const EventLog& log, bool sees_all) {
  if (!disk_.is_running()) return;
  const auto failures_before = disk_.failures();
  auto asked = model.events();
  if (model.unknown) {
    Model with_unknown = model;
    with_unknown.add(*model.unknown);
    asked = with_unknown.events();
  }
  const auto made = backup(disk_, power::directory, disk_, directory(), clock_);
  if (made) {
    const auto last = made->state.last.value;
    require(last <= asked.size() && (!sees_all || last == asked.size()), "a backup ends elsewhere than readers do");
    asked.resize(last);
    held_ = std::move(asked);
    const auto chain = log.checksum_at(Position{last});
    held_chain_ = chain ? std::optional{*chain} : std::nullopt;
    asked_.clear();
    held_manifest_ = needed(disk_.cached(directory() + "/backup"), "the backup's manifest");
    held_files_ = files();
    return;
  }
  if (made.error().code == Errc::invalid_argument) {
    // The same events after a power cut may be another history, if they were lost and appended again.
    const auto chain = held_ ? log.checksum_at(Position{held_->size()}) : Result<std::uint64_t>{0};
    require(disk_.is_running() && !(held_ && asked_.empty() && chain && held_chain_ == *chain),
            "a backup of the same history is refused: " + made.error().message());
    ++number_;
    held_.reset();
    return asked_.clear();
  }
  require(!disk_.is_running() || (disk_.failures() > failures_before && is_disk_error(made.error().code)),
          "backing up: " + made.error().message());
  asked_.push_back(std::move(asked));
}

PowerBackup::Events PowerBackup::events_in(const std::string& store) const {
  const auto log = needed(FileLog::open(disk_, clock_, store, {.mode = FileLogOptions::Mode::read_only}),
                          "opening what was restored");
  return scan(*log, Model{}, 50);  // nothing is dropped where there are backups
}

// Whether a run that ended, or one that was cut off, may have made this.
bool PowerBackup::is_held(const Events& events) const {
  if (held_ && events.size() == held_->size() && begins_with(*held_, events)) return true;
  return (!held_ || begins_with(events, *held_)) &&
         std::any_of(asked_.begin(), asked_.end(), [&](const Events& asked) { return begins_with(asked, events); });
}

void PowerBackup::check() {
  if (!disk_.is_running()) return;
  check_restored();
  const auto checked = check_backup(disk_, directory());
  if (!checked) {
    require(checked.error().code == Errc::not_found && !held_, "checking a backup: " + checked.error().message());
    return;
  }
  require(checked->is_complete || !held_ || !asked_.empty(), "a backup that ended is told to be cut off");
  check_mark(checked->is_complete);
  const auto target = next_target();
  needed(eventstore::restore(disk_, directory(), disk_, target), "restoring a backup");
  require(is_held(events_in(target)), "a backup holds something else than was backed up");
}

// By name in the directory: how long each file is. Nothing where that cannot be told.
std::optional<std::map<std::string, std::size_t>> PowerBackup::files() const {
  const auto names = disk_.list(directory() + "/segments");
  if (!names) return std::nullopt;
  std::map<std::string, std::size_t> sizes;
  for (const auto& name : *names) {
    if (name.ends_with(".tmp")) continue;  // may be back after a power cut; the next run removes it
    const auto content = disk_.cached(directory() + "/segments/" + name);
    sizes[name] = content ? content->size() : 0;
  }
  return sizes;
}

// As long as the manifest is the last run's that ended, what other runs did is told to be cut off.
void PowerBackup::check_mark(bool is_complete) const {
  const auto manifest = disk_.cached(directory() + "/backup");
  if (!is_complete || !held_files_ || !manifest || *manifest != held_manifest_) return;
  require(files() == held_files_, "a backup that was cut off is told to be complete");
}

void PowerBackup::restore() {
  if (!disk_.is_running() || !held_ || !asked_.empty()) return;
  const auto failures_before = disk_.failures();
  restored_ = next_target();
  restored_events_ = *held_;
  const auto restored = eventstore::restore(disk_, directory(), disk_, restored_);
  is_restored_ = restored.has_value();
  if (restored) return;
  require(!disk_.is_running() || (disk_.failures() > failures_before && is_disk_error(restored.error().code)),
          "restoring: " + restored.error().message());
}

void PowerBackup::check_restored() {
  if (restored_.empty()) return;
  const auto store = std::exchange(restored_, {});
  auto report = verify(disk_, store, {.chain = true});
  const bool is_there = report && report->findings.empty();
  require(is_there || !is_restored_, "verify finds damage in a restored store");
  if (!is_there) {
    // It was cut off, and can be made again in the same place.
    if (!held_) return;
    needed(eventstore::restore(disk_, directory(), disk_, store), "restoring again what was cut off");
    report = verify(disk_, store, {.chain = true});
    require(report && report->findings.empty(), "verify finds damage in a store that was restored again");
    return require(is_held(events_in(store)), "what was restored again is not what was backed up");
  }
  const auto events = events_in(store);
  require(events.size() == restored_events_.size() && begins_with(events, restored_events_),
          "what was restored is not what was backed up");
}

void PowerBackup::rot(Random& random) {
  if (!held_ || !asked_.empty()) return;
  const auto manifest =
      needed(decode_backup_manifest(needed(disk_.cached(directory() + "/backup"), "the backup's manifest"), "backup"),
             "the backup's manifest");
  auto path = directory() + "/backup";
  auto bytes = needed(disk_.cached(path), "the backup's manifest").size();
  if (random.chance(80)) {
    const auto& file = random.pick(manifest.files);
    const auto names = needed(disk_.list(directory() + "/segments"), "the backup's directory");
    const auto is_it = [&](const std::string& name) {
      return std::stoul(name, nullptr, 16) == file.number && name.ends_with(".seal") == (file.kind == CopyKind::seal);
    };
    path = directory() + "/segments/" + *std::find_if(names.begin(), names.end(), is_it);
    bytes = static_cast<std::size_t>(file.bytes);
  }
  (void)disk_.flip_bit(path, random.below(bytes), static_cast<unsigned>(random.below(8)));
  const auto is_told = [](const auto& result) {
    return !result && (result.error().code == Errc::corrupt_record || result.error().code == Errc::newer_format);
  };
  require(is_told(check_backup(disk_, directory())), "rot in a backup is not noticed: " + path);
  const auto target = next_target();
  require(is_told(eventstore::restore(disk_, directory(), disk_, target)), "a rotten backup is restored: " + path);
  // A copy that grows is held against its checksum first; others are not read again.
  const auto grown = backup(disk_, power::directory, disk_, directory(), clock_);
  require(!grown || is_told(check_backup(disk_, directory())), "another run hides rot in a backup: " + path);
}

}  // namespace eventstore::power
