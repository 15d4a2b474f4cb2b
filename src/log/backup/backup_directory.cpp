#include "backup_directory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../files/copy_file.hpp"

namespace eventstore::engine {
namespace {

constexpr std::size_t lock_text_bytes = 128;
constexpr std::string_view mark = "in-progress";
constexpr std::string_view mark_text =
    "A backup to this directory is running, or was cut off. If there is a file `backup`, it lists the files of the "
    "run\n"
    "before, and these can be restored. The next run removes this mark.\n";

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string name_of(CopyKind kind, std::uint32_t number) {
  const auto ending = kind == CopyKind::segment           ? "log"
                      : kind == CopyKind::seal            ? "seal"
                      : kind == CopyKind::expired         ? "expired"
                      : kind == CopyKind::expired_streams ? "expired.tbl"
                                                          : "expired.states";
  return fmt::format("{:016x}.{}", number, ending);
}

Result<std::unique_ptr<File>> BackupDirectory::begin() const {
  EVENTSTORE_TRY(check_purpose());
  EVENTSTORE_TRY(files().make_directories(segments()));
  EVENTSTORE_TRY(store_.sync_directories_above());
  EVENTSTORE_TRY_ASSIGN(auto file, files().open(store_.path("lock"), OpenMode::create));
  EVENTSTORE_TRY_ASSIGN(const bool is_ours, file->try_lock());
  if (!is_ours) {
    EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(*file, lock_text_bytes));
    const auto text = as_text(bytes);
    return failure(
        Errc::locked, "back up", store_.directory(),
        fmt::format("process {} makes a backup to this directory", text.substr(0, text.find_first_of(" \n"))));
  }
  auto text = files().process_name();
  text.resize(lock_text_bytes - 1, ' ');
  EVENTSTORE_TRY(write_all(*file, 0, as_bytes(text + "\n")));
  return file;
}

// So that nobody's files are mixed with a backup's, say those of a store. Another run may be the first at the same
// time: before it copies a segment it has made its mark, so the segments are listed first.
Result<void> BackupDirectory::check_purpose() const {
  EVENTSTORE_TRY_ASSIGN(const auto segment_names, names_in(files(), segments()));
  EVENTSTORE_TRY_ASSIGN(const auto names, names_in(files(), store_.directory()));
  if (contains(names, "backup") || contains(names, mark)) return {};
  const bool is_unused = segment_names.empty() && std::all_of(names.begin(), names.end(), [](const std::string& name) {
                           return name == "lock" || name == "segments" || name == std::string{mark} + ".tmp";
                         });
  if (is_unused) return {};
  return failure(Errc::invalid_argument, "back up", store_.directory(),
                 "the directory holds other files: name an empty directory, or that of an earlier backup");
}

Result<std::optional<BackupManifest>> BackupDirectory::read_manifest() const {
  const auto path = store_.path("backup");
  auto file = files().open(path, OpenMode::read);
  if (!file && file.error().code == Errc::not_found) return std::nullopt;
  if (!file) return failure_of(file);
  EVENTSTORE_TRY_ASSIGN(const auto size, (*file)->size());
  EVENTSTORE_TRY_ASSIGN(const auto bytes, read_whole(**file, size));
  EVENTSTORE_TRY_ASSIGN(auto manifest, decode_backup_manifest(bytes, path));
  return std::optional{std::move(manifest)};
}

Result<BackupManifest> BackupDirectory::existing_manifest() const {
  EVENTSTORE_TRY_ASSIGN(auto manifest, read_manifest());
  if (manifest) return std::move(*manifest);
  EVENTSTORE_TRY_ASSIGN(const bool was_begun, is_in_progress());
  return failure(Errc::not_found, "open the backup", store_.directory(),
                 was_begun ? "the first backup to this directory was cut off or is still running: run the backup again"
                           : "there is no backup in this directory");
}

Result<void> BackupDirectory::replace_manifest(const BackupManifest& manifest) const {
  return replace_file(files(), store_.directory(), "backup", encode(manifest));
}

Result<bool> BackupDirectory::is_in_progress() const {
  EVENTSTORE_TRY_ASSIGN(const auto names, names_in(files(), store_.directory()));
  return contains(names, mark);
}

Result<void> BackupDirectory::mark_in_progress() const {
  return replace_file(files(), store_.directory(), std::string{mark}, as_bytes(mark_text));
}

Result<void> BackupDirectory::clear_in_progress() const {
  EVENTSTORE_TRY(files().remove(store_.path(mark)));
  return files().sync_directory(store_.directory());
}

Result<void> BackupDirectory::remove_leftovers() const {
  EVENTSTORE_TRY(remove_if_there(files(), store_.path("backup.tmp")));
  return store_.remove_leftovers();
}

}  // namespace eventstore::engine
