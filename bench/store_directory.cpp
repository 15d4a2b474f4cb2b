#include <bench/options.hpp>
#include <bench/store_directory.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <string>

namespace bench {
namespace {

template <class Each> void each_file(const std::filesystem::path& directory, Each each) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator{directory})
    if (entry.is_regular_file()) each(entry.path());
}

}  // namespace

FreshDirectory::FreshDirectory() {
  static std::atomic<int> count{0};
  path_ = options().directory / ("bench-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
  std::filesystem::remove_all(path_);
  std::filesystem::create_directories(path_);
}

FreshDirectory::~FreshDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::uintmax_t bytes_on_disk(const std::filesystem::path& directory) {
  std::uintmax_t total = 0;
  each_file(directory, [&](const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) == 0) total += static_cast<std::uintmax_t>(status.st_blocks) * 512;
  });
  return total;
}

void drop_cached(const std::filesystem::path& directory) {
  each_file(directory, [](const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fdatasync(descriptor);
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    ::close(descriptor);
  });
}

}  // namespace bench
