#include "copy_file.hpp"

namespace eventstore::engine {
namespace {

constexpr std::size_t buffer_bytes_max = std::size_t{1} << 20;

}  // namespace

Result<CopyFile> CopyFile::begin(FileSystem& files, const std::string& directory, const std::string& name) {
  EVENTSTORE_TRY_ASSIGN(auto whole, WholeFile::begin(files, directory + "/" + name));
  CopyFile copy;
  copy.whole_.emplace(std::move(whole));
  return copy;
}

Result<CopyFile> CopyFile::extend(FileSystem& files, const std::string& directory, const std::string& name,
                                  std::uint64_t bytes) {
  const auto path = directory + "/" + name;
  CopyFile copy;
  EVENTSTORE_TRY_ASSIGN(copy.grown_, files.open(path, OpenMode::write));
  const auto take = [&](BytesView piece) -> Result<void> {
    copy.checksum_.add(piece);
    return {};
  };
  EVENTSTORE_TRY(read_pieces(*copy.grown_, path, bytes, take));
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
  EVENTSTORE_TRY(write_all(file(), bytes_ - buffer_.size(), buffer_));
  buffer_.clear();
  return {};
}

Result<void> CopyFile::finish() {
  EVENTSTORE_TRY(flush());
  return whole_ ? whole_->finish() : grown_->sync_data();
}

Result<void> replace_file(FileSystem& files, const std::string& directory, const std::string& name, BytesView bytes) {
  return write_whole_file(files, directory + "/" + name, bytes);
}

Result<std::vector<std::string>> names_in(FileSystem& files, const std::string& directory) {
  auto names = files.list(directory);
  if (!names && names.error().code == Errc::not_found) return std::vector<std::string>{};
  return names;
}

}  // namespace eventstore::engine
