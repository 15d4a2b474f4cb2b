#include <eventstore/testing/faulty_file_system.hpp>

#include <algorithm>
#include <cerrno>

namespace eventstore {
inline namespace v1 {

class FaultyFileSystem::FaultyFile final : public File {
 public:
  FaultyFile(FaultyFileSystem& owner, std::unique_ptr<File> real, std::string path)
      : owner_{owner}, real_{std::move(real)}, path_{std::move(path)} {}

  Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into) override {
    EVENTSTORE_TRY(owner_.pass(FileCall::read, path_));
    return real_->read_some(offset, into);
  }
  Result<std::size_t> write_some(std::uint64_t offset, BytesView bytes) override {
    if (auto passed = owner_.pass(FileCall::write, path_); !passed) {
      const auto torn = bytes.first(std::min<std::size_t>(bytes.size(), owner_.bytes_written_));
      if (!torn.empty()) EVENTSTORE_TRY(real_->write_some(offset, torn));
      return failure_of(passed);
    }
    const std::size_t step = owner_.short_write_;
    return real_->write_some(offset, step == 0 ? bytes : bytes.first(std::min(step, bytes.size())));
  }
  Result<void> sync_data() override {
    EVENTSTORE_TRY(owner_.pass(FileCall::sync, path_));
    return real_->sync_data();
  }
  Result<std::uint64_t> size() override { return real_->size(); }
  Result<std::shared_ptr<Mapping>> map(std::size_t bytes, MapMode mode) override {
    EVENTSTORE_TRY(owner_.pass(FileCall::map, path_));
    return real_->map(bytes, mode);
  }
  Result<bool> try_lock() override { return real_->try_lock(); }
  Result<bool> is_locked() override { return real_->is_locked(); }
  Result<bool> is_still_at(const std::string& path) override { return real_->is_still_at(path); }

 private:
  FaultyFileSystem& owner_;
  std::unique_ptr<File> real_;
  std::string path_;
};

void FaultyFileSystem::fail(FileCall call, int nth, int os_errno, std::size_t bytes_written) {
  failing_ = call;
  os_errno_ = os_errno;
  bytes_written_ = bytes_written;
  countdown_ = nth;
}

Result<void> FaultyFileSystem::pass(FileCall call, const std::string& path) {
  ++calls_[static_cast<std::size_t>(call)];
  if (failing_ != call || countdown_ == 0) return {};
  if (countdown_ > 1) {
    --countdown_;
    return {};
  }
  const int number = os_errno_;
  const auto code = number == ENOSPC ? Errc::out_of_space : number == EROFS ? Errc::read_only : Errc::io_failed;
  return failure(Error{code, "fail on purpose", path, {}, Position{0}, number});
}

Result<std::unique_ptr<File>> FaultyFileSystem::open(const std::string& path, OpenMode mode) {
  if (mode != OpenMode::read) EVENTSTORE_TRY(pass(FileCall::open, path));
  EVENTSTORE_TRY_ASSIGN(auto file, real_.open(path, mode));
  return std::make_unique<FaultyFile>(*this, std::move(file), path);
}

Result<void> FaultyFileSystem::rename(const std::string& from, const std::string& to) {
  EVENTSTORE_TRY(pass(FileCall::rename, from));
  return real_.rename(from, to);
}

Result<void> FaultyFileSystem::remove(const std::string& path) {
  EVENTSTORE_TRY(pass(FileCall::remove, path));
  return real_.remove(path);
}

Result<void> FaultyFileSystem::make_directories(const std::string& directory) {
  EVENTSTORE_TRY(pass(FileCall::make_directory, directory));
  return real_.make_directories(directory);
}

Result<void> FaultyFileSystem::sync_directory(const std::string& directory) {
  EVENTSTORE_TRY(pass(FileCall::sync_directory, directory));
  return real_.sync_directory(directory);
}

}  // namespace v1
}  // namespace eventstore
