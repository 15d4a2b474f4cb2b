#pragma once
// A file system that asks a test before it syncs a file, opens one to write, or reads.
#include <eventstore/os/file_system.hpp>
#include <functional>

namespace eventstore::laws {

/// Threads: hooks are set before there are any, and called from all of them.
class HookedFileSystem final : public FileSystem {
 public:
  using Hook = std::function<Result<void>(const std::string& path)>;

  Hook before_sync = [](const std::string&) { return Result<void>{}; };
  Hook before_sync_directory = [](const std::string&) { return Result<void>{}; };
  Hook before_open_to_write = [](const std::string&) { return Result<void>{}; };
  std::function<Result<void>(const std::string& path, std::uint64_t offset, std::size_t bytes)> before_read_at =
      [](const std::string&, std::uint64_t, std::size_t) { return Result<void>{}; };
  /// Before each call that only reads, listing and asking for a lock included.
  std::function<void()> before_read = [] {};
  /// The machine's; empty: the system does not tell.
  std::string boot;

  /// `real` outlives this.
  explicit HookedFileSystem(FileSystem& real) : boot{real.boot_id()}, real_{real} {}

  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override {
    if (mode == OpenMode::read)
      before_read();
    else
      EVENTSTORE_TRY(before_open_to_write(path));
    EVENTSTORE_TRY_ASSIGN(auto file, real_.open(path, mode));
    return std::make_unique<HookedFile>(*this, std::move(file), path);
  }
  Result<void> rename(const std::string& from, const std::string& to) override { return real_.rename(from, to); }
  Result<void> remove(const std::string& path) override { return real_.remove(path); }
  Result<std::vector<std::string>> list(const std::string& directory) override {
    before_read();
    return real_.list(directory);
  }
  Result<void> make_directories(const std::string& directory) override { return real_.make_directories(directory); }
  Result<void> sync_directory(const std::string& directory) override {
    EVENTSTORE_TRY(before_sync_directory(directory));
    return real_.sync_directory(directory);
  }
  std::string boot_id() override { return boot; }
  std::string process_name() override { return real_.process_name(); }

 private:
  class HookedFile final : public File {
   public:
    HookedFile(HookedFileSystem& owner, std::unique_ptr<File> real, std::string path)
        : owner_{owner}, real_{std::move(real)}, path_{std::move(path)} {}
    Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into) override {
      owner_.before_read();
      EVENTSTORE_TRY(owner_.before_read_at(path_, offset, into.size()));
      return real_->read_some(offset, into);
    }
    Result<std::size_t> write_some(std::uint64_t offset, BytesView bytes) override {
      return real_->write_some(offset, bytes);
    }
    Result<void> sync_data() override {
      EVENTSTORE_TRY(owner_.before_sync(path_));
      return real_->sync_data();
    }
    Result<std::uint64_t> size() override {
      owner_.before_read();
      return real_->size();
    }
    Result<std::shared_ptr<Mapping>> map(std::size_t bytes, MapMode mode) override {
      owner_.before_read();
      return real_->map(bytes, mode);
    }
    Result<bool> try_lock() override { return real_->try_lock(); }
    Result<bool> is_locked() override {
      owner_.before_read();
      return real_->is_locked();
    }
    Result<bool> is_still_at(const std::string& path) override { return real_->is_still_at(path); }

   private:
    HookedFileSystem& owner_;
    std::unique_ptr<File> real_;
    std::string path_;
  };

  FileSystem& real_;
};

inline tl::unexpected<Error> failing_call(const std::string& path) {
  return failure(Error{Errc::io_failed, "fail on purpose", path, {}, Position{0}, 5});
}

}  // namespace eventstore::laws
