#pragma once
// Where a measured store lives.
#include <filesystem>
#include <string_view>

namespace bench {

/// A directory of its own under Options::directory, empty at first, gone at the end.
class FreshDirectory {
 public:
  FreshDirectory();
  ~FreshDirectory();
  FreshDirectory(const FreshDirectory&) = delete;
  FreshDirectory& operator=(const FreshDirectory&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// What the files below `directory` take on the disk.
std::uintmax_t bytes_on_disk(const std::filesystem::path& directory);

/// Asks the system to drop what it caches of the files below `directory`; no effect on tmpfs.
void drop_cached(const std::filesystem::path& directory);

}  // namespace bench
