#include "copy_file.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t buffer_bytes_max = std::size_t{1} << 20;

}  // namespace

Result<CopyFile> CopyFile::begin(FileSystem& files, const std::string& directory, const std::string& name) {
  const auto path = directory + "/" + name + ".tmp";
  EVENTSTORE_TRY(remove_if_there(files, path));
  EVENTSTORE_TRY_ASSIGN(auto file, files.open(path, OpenMode::create_new));
  return CopyFile{files, directory, name, std::move(file), true};
}

Result<CopyFile> CopyFile::extend(FileSystem& files, const std::string& directory, const std::string& name,
                                  std::uint64_t bytes) {
  const auto path = directory + "/" + name;
  EVENTSTORE_TRY_ASSIGN(auto file, files.open(path, OpenMode::write));
  CopyFile copy{files, directory, name, std::move(file), false};
  const auto take = [&](BytesView piece) -> Result<void> {
    copy.checksum_.add(piece);
    return {};
  };
  EVENTSTORE_TRY(read_pieces(*copy.file_, path, bytes, take));
  copy.bytes_ = bytes;
  return copy;
}

Result<void> CopyFile::add(BytesView bytes) {
  checksum_.add(bytes);
  bytes_ += bytes.size();
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  return buffer_.size() >= buffer_bytes_max ? flush() : Result<void>{};
}

Result<void> CopyFile::flush() {
  EVENTSTORE_TRY(write_all(*file_, bytes_ - buffer_.size(), buffer_));
  buffer_.clear();
  return {};
}

Result<void> CopyFile::finish() {
  EVENTSTORE_TRY(flush());
  EVENTSTORE_TRY(file_->sync_data());
  if (!is_new_) return {};
  const auto path = directory_ + "/" + name_;
  EVENTSTORE_TRY(files_->rename(path + ".tmp", path));
  return files_->sync_directory(directory_);
}

Result<void> replace_file(FileSystem& files, const std::string& directory, const std::string& name, BytesView bytes) {
  EVENTSTORE_TRY_ASSIGN(auto file, CopyFile::begin(files, directory, name));
  EVENTSTORE_TRY(file.add(bytes));
  return file.finish();
}

Result<void> remove_if_there(FileSystem& files, const std::string& path) {
  auto removed = files.remove(path);
  return removed || removed.error().code == Errc::not_found ? Result<void>{} : removed;
}

Result<std::vector<std::string>> names_in(FileSystem& files, const std::string& directory) {
  auto names = files.list(directory);
  if (!names && names.error().code == Errc::not_found) return std::vector<std::string>{};
  return names;
}

}  // namespace v1
}  // namespace eventstore
