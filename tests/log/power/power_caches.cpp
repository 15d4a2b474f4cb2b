// Index files that are gone, damaged, stale or of another log; and an older log beside newer index files.
#include <algorithm>

#include "power_run.hpp"

namespace eventstore::power {
namespace {

const std::string segments = std::string{directory} + "/segments";
const std::string tables = std::string{directory} + "/tables";
const std::string head = std::string{directory} + "/head";

}  // namespace

std::vector<std::string> PowerRun::files(std::string_view ending) {
  std::vector<std::string> found;
  for (const auto& folder : {std::string{directory}, segments, tables}) {
    auto names = disk.list(folder);
    // It may fail at random; whoever asks relies on the answer.
    for (int i = 0; i < 10 && !names && names.error().code != Errc::not_found; ++i) names = disk.list(folder);
    if (!names) continue;
    for (const auto& name : *names)
      if (name.ends_with(ending)) found.push_back(folder + "/" + name);
  }
  return found;
}

std::vector<std::string> PowerRun::cache_files() {
  std::vector<std::string> found;
  for (const auto* const ending : {".idx", ".tbl", "catalog"})
    for (auto& path : files(ending)) found.push_back(std::move(path));
  return found;
}

void PowerRun::replace_file(const std::string& path, BytesView bytes) {
  (void)disk.remove(path);
  const auto file = needed(disk.open(path, OpenMode::create), "making a file");
  require(
      write_all(*file, 0, bytes) && file->sync_data() && disk.sync_directory(path.substr(0, path.find_last_of('/'))),
      "writing a file");
}

void PowerRun::lose_caches() {
  if (log_ || !disk.is_running()) return;
  reader_.reset();
  const auto kept = static_cast<unsigned>(random.pick({0, 50, 90}));
  for (const auto& path : cache_files())
    if (!random.chance(kept)) (void)disk.remove(path);
  // What was published in this run of the machine is no longer told.
  if (caches_dropped_ || random.chance(50) || !disk.is_running()) return;
  is_published_ = is_published_ && !disk.remove(head);
}

void PowerRun::spoil_caches() {
  if (log_ || !disk.is_running()) return;
  reader_.reset();
  disk.never_stop();
  const auto paths = cache_files();
  for (const auto& path : paths) {
    are_caches_spoilt_ = true;
    const auto content = needed(disk.cached(path), "an index file");
    switch (random.below(4)) {
      case 0: (void)disk.flip_bit(path, random.below(content.size()), static_cast<unsigned>(random.below(8))); break;
      case 1: replace_file(path, needed(disk.cached(random.pick(paths)), "an index file")); break;
      case 2:
        if (older_caches_.contains(path)) replace_file(path, older_caches_[path]);
        break;
      default: break;
    }
  }
}

void PowerRun::keep_copy() {
  if (!is_writable() || !disk.is_running() || model.durable != model.commits() || model.unknown) return;
  const auto failures_before = disk.failures();
  for (const auto& path : cache_files())
    if (const auto content = disk.cached(path)) older_caches_[path] = *content;
  std::map<std::string, Bytes> copy;
  for (const auto& path : files(".log"))
    if (auto content = disk.cached(path)) copy[path] = std::move(*content);
  if (disk.failures() > failures_before) return;
  copy_ = std::move(copy);
  copied_commits_ = model.commits();
}

void PowerRun::put_back_copy() {
  if (log_ || !disk.is_running() || copy_.empty() || copied_commits_ > model.commits()) return;
  reader_.reset();
  disk.never_stop();
  for (const auto& path : files(".seal")) (void)disk.remove(path);
  for (const auto& path : files(".log"))
    if (!copy_.contains(path)) (void)disk.remove(path);
  for (const auto& [path, content] : copy_) replace_file(path, content);
  (void)disk.remove(head);
  require(disk.sync_directory(segments) && disk.sync_directory(directory), "syncing a directory");
  are_caches_spoilt_ = true;
  backup_.forget_history();
  lose_from(copied_commits_);
  model.unknown.reset();
  model.durable = model.commits();
  to_retry.reset();
  is_published_ = false;
  seen_ = 0;
}

}  // namespace eventstore::power
