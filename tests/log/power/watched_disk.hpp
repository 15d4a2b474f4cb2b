#pragma once
// A disk that lets somebody look before each change that goes through it: what another process sees meanwhile.
#include <eventstore/os/file_system.hpp>
#include <functional>

namespace eventstore::power {

/// Lifetime: files that were opened refer to this. Threads: those of the disk below, as far as the look allows.
class WatchedDisk final : public FileSystem {
 public:
  std::function<void()> look = [] {};

  /// `disk` outlives this.
  explicit WatchedDisk(FileSystem& disk) : disk_{disk} {}

  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override {
    if (mode != OpenMode::read) look();
    EVENTSTORE_TRY_ASSIGN(auto file, disk_.open(path, mode));
    return std::make_unique<WatchedFile>(*this, std::move(file));
  }
  Result<void> rename(const std::string& from, const std::string& to) override {
    look();
    return disk_.rename(from, to);
  }
  Result<void> remove(const std::string& path) override {
    look();
    return disk_.remove(path);
  }
  Result<std::vector<std::string>> list(const std::string& directory) override { return disk_.list(directory); }
  Result<void> make_directories(const std::string& directory) override { return disk_.make_directories(directory); }
  Result<void> sync_directory(const std::string& directory) override {
    look();
    return disk_.sync_directory(directory);
  }
  std::string boot_id() override { return disk_.boot_id(); }
  std::string process_name() override { return disk_.process_name(); }

 private:
  class WatchedFile final : public File {
   public:
    WatchedFile(WatchedDisk& watched, std::unique_ptr<File> file) : watched_{watched}, file_{std::move(file)} {}
    Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into) override {
      return file_->read_some(offset, into);
    }
    Result<std::size_t> write_some(std::uint64_t offset, BytesView bytes) override {
      watched_.look();
      return file_->write_some(offset, bytes);
    }
    Result<void> sync_data() override {
      watched_.look();
      return file_->sync_data();
    }
    Result<std::uint64_t> size() override { return file_->size(); }
    Result<std::shared_ptr<Mapping>> map(std::size_t bytes, MapMode mode) override { return file_->map(bytes, mode); }
    Result<bool> try_lock() override { return file_->try_lock(); }
    Result<bool> is_locked() override { return file_->is_locked(); }
    Result<bool> is_still_at(const std::string& path) override { return file_->is_still_at(path); }

   private:
    WatchedDisk& watched_;
    std::unique_ptr<File> file_;
  };

  FileSystem& disk_;
};

}  // namespace eventstore::power
