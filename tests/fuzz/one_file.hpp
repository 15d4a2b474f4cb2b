#pragma once
// A file system in which every path is the same file, of the bytes given, and nothing can be written.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <eventstore/os/file_system.hpp>

namespace eventstore::fuzz {

class OneFile final : public FileSystem {
 public:
  /// `bytes` outlive this and all that it gives.
  explicit OneFile(BytesView bytes) : bytes_{bytes} {}

  Result<std::unique_ptr<File>> open(const std::string& path, OpenMode mode) override {
    if (mode != OpenMode::read) return refused(path);
    return std::make_unique<Opened>(bytes_);
  }
  Result<void> rename(const std::string& from, const std::string&) override { return refused(from); }
  Result<void> remove(const std::string& path) override { return refused(path); }
  Result<std::vector<std::string>> list(const std::string&) override { return std::vector<std::string>{}; }
  Result<void> make_directories(const std::string& directory) override { return refused(directory); }
  Result<void> sync_directory(const std::string& directory) override { return refused(directory); }
  std::string boot_id() override { return {}; }
  std::string process_name() override { return "1@nowhere"; }

 private:
  static tl::unexpected<Error> refused(const std::string& path) {
    return failure(Errc::read_only, "write", path, "nothing can be written here");
  }

  // May be said to be longer than the bytes, as every mapping may be.
  class Mapped final : public Mapping {
   public:
    Mapped(BytesView bytes, std::size_t size) : Mapping{const_cast<std::byte*>(bytes.data()), size} {}
  };

  class Opened final : public File {
   public:
    explicit Opened(BytesView bytes) : bytes_{bytes} {}
    Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into) override {
      if (offset >= bytes_.size()) return std::size_t{0};
      const auto count = std::min(into.size(), bytes_.size() - static_cast<std::size_t>(offset));
      std::memcpy(into.data(), bytes_.data() + offset, count);
      return count;
    }
    Result<std::size_t> write_some(std::uint64_t, BytesView) override { return refused({}); }
    Result<void> sync_data() override { return refused({}); }
    Result<std::uint64_t> size() override { return std::uint64_t{bytes_.size()}; }
    Result<std::shared_ptr<Mapping>> map(std::size_t bytes, MapMode) override {
      return std::make_shared<Mapped>(bytes_, bytes);
    }
    Result<bool> try_lock() override { return false; }

   private:
    BytesView bytes_;
  };

  BytesView bytes_;
};

}  // namespace eventstore::fuzz
