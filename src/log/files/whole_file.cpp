#include "whole_file.hpp"

namespace eventstore::engine {

Result<WholeFile> WholeFile::begin(FileSystem& files, std::string path, OpenMode mode) {
  const auto temporary = path + ".tmp";
  EVENTSTORE_TRY(remove_if_there(files, temporary));
  EVENTSTORE_TRY_ASSIGN(auto file, files.open(temporary, mode));
  return WholeFile{files, std::move(path), std::move(file)};
}

Result<void> WholeFile::finish() {
  EVENTSTORE_TRY(name());
  return sync_name();
}

Result<void> WholeFile::name() {
  EVENTSTORE_TRY(file_->sync_data());
  return files_->rename(path_ + ".tmp", path_);
}

Result<void> WholeFile::sync_name() { return files_->sync_directory(path_.substr(0, path_.find_last_of('/'))); }

Result<void> write_whole_file(FileSystem& files, const std::string& path, BytesView bytes, OpenMode mode) {
  EVENTSTORE_TRY_ASSIGN(auto whole, WholeFile::begin(files, path, mode));
  EVENTSTORE_TRY(write_all(whole.file(), 0, bytes));
  return whole.finish();
}

Result<void> write_new_file(FileSystem& files, const std::string& path, BytesView bytes, OpenMode mode) {
  EVENTSTORE_TRY_ASSIGN(auto whole, WholeFile::begin(files, path, mode));
  EVENTSTORE_TRY(write_all(whole.file(), 0, bytes));
  EVENTSTORE_TRY(whole.name());
  auto synced = whole.sync_name();
  if (!synced && !remove_if_there(files, path)) (void)files.rename(path, path + ".tmp");
  return synced;
}

Result<void> remove_if_there(FileSystem& files, const std::string& path) {
  auto removed = files.remove(path);
  return removed || removed.error().code == Errc::not_found ? Result<void>{} : removed;
}

}  // namespace eventstore::engine
