#include "restore_target.hpp"

#include <algorithm>

#include "../files/copy_file.hpp"

namespace eventstore::engine {
namespace {

// By its name it is half made, so a store that is opened for writing takes it away, if a restore was cut off just then.
constexpr std::string_view mark = "restore.tmp";
constexpr std::string_view mark_text =
    "A restore to this directory is running, or was cut off. If it was cut off, restore the backup again.\n";

}  // namespace

Result<RestoreTarget> RestoreTarget::begin(FileSystem& files, const std::string& directory) {
  RestoreTarget target{files, directory};
  EVENTSTORE_TRY(target.check_unused());
  EVENTSTORE_TRY(files.make_directories(target.segments()));
  EVENTSTORE_TRY(target.store_.sync_directories_above());
  EVENTSTORE_TRY_ASSIGN(target.lock_, WriterLock::take(target.store_));
  EVENTSTORE_TRY(target.check_unused());
  EVENTSTORE_TRY_ASSIGN(const auto file, files.open(target.segments() + "/" + std::string{mark}, OpenMode::create));
  EVENTSTORE_TRY(write_all(*file, 0, as_bytes(mark_text)));
  EVENTSTORE_TRY(file->sync_data());
  EVENTSTORE_TRY(files.sync_directory(target.segments()));
  EVENTSTORE_TRY_ASSIGN(const auto names, files.list(target.segments()));
  for (const auto& name : names)
    if (name != mark) EVENTSTORE_TRY(files.remove(target.segments() + "/" + name));
  EVENTSTORE_TRY(remove_if_there(files, target.store_.path("manifest.tmp")));
  EVENTSTORE_TRY_ASSIGN(const auto above, names_in(files, directory));
  for (const auto& name : above)
    if (name.starts_with("expired")) EVENTSTORE_TRY(files.remove(target.store_.path(name)));
  return target;
}

Result<void> RestoreTarget::check_unused() const {
  EVENTSTORE_TRY_ASSIGN(const auto names, names_in(files(), store_.directory()));
  EVENTSTORE_TRY_ASSIGN(const auto segment_names, names_in(files(), segments()));
  const bool is_marked = std::find(segment_names.begin(), segment_names.end(), mark) != segment_names.end();
  const bool is_unused =
      (is_marked || segment_names.empty()) && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return name == "segments" || name == "lock" ||
               (is_marked && (name == "manifest.tmp" || name.starts_with("expired")));
      });
  if (is_unused) return {};
  return failure(Errc::invalid_argument, "restore", store_.directory(),
                 "the directory is not empty: name a directory that is empty or missing");
}

Result<void> RestoreTarget::finish(const format::ManifestBytes& manifest) {
  EVENTSTORE_TRY(write_new_file(files(), store_.path("manifest"), format::bytes_of(manifest)));
  EVENTSTORE_TRY(files().remove(segments() + "/" + std::string{mark}));
  return files().sync_directory(segments());
}

}  // namespace eventstore::engine
