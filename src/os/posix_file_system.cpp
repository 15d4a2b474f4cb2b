#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <eventstore/os/file_system.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "mapping_guard.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

Errc code_of(int system_error) {
  switch (system_error) {
    case ENOENT: return Errc::not_found;
    case ENOSPC:
    case EDQUOT: return Errc::out_of_space;
    case ENOMEM: return Errc::out_of_memory;
    case EROFS: return Errc::read_only;
    default: return Errc::io_failed;
  }
}

tl::unexpected<Error> system_failure(std::string during, std::string path) {
  const int system_error = errno;
  return failure(Error{code_of(system_error), std::move(during), std::move(path), {}, Position{0}, system_error});
}

tl::unexpected<Error> no_regular_file(const std::string& path) {
  return failure(Errc::io_failed, "open", path, "it is a pipe or a device, and a regular file is needed: move it away");
}

// Calls again while a signal interrupts.
template <class Call> auto uninterrupted(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

class PosixMapping final : public Mapping {
 public:
  PosixMapping(void* data, std::size_t size, MapMode mode) : Mapping{static_cast<std::byte*>(data), size} {
    try {
      guard_.emplace(data, size, mode == MapMode::read_write, failed());
    } catch (...) {
      ::munmap(data, size);
      throw;
    }
  }
  PosixMapping(const PosixMapping&) = delete;
  PosixMapping& operator=(const PosixMapping&) = delete;
  ~PosixMapping() override {
    guard_.reset();
    ::munmap(data(), size());
  }

  void expect_scattered_reads() override { (void)::madvise(data(), size(), MADV_RANDOM); }
  void read_ahead(std::size_t offset, std::size_t bytes) const override {
    const auto begin = offset / page_bytes * page_bytes;
    (void)::madvise(data() + begin, offset + bytes - begin, MADV_WILLNEED);
  }

 private:
  static inline const auto page_bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));

  std::optional<detail::MappingGuard> guard_;
};

class PosixFile final : public File {
 public:
  PosixFile(int descriptor, std::string path) : descriptor_{descriptor}, path_{std::move(path)} {}
  PosixFile(const PosixFile&) = delete;
  PosixFile& operator=(const PosixFile&) = delete;
  ~PosixFile() override { ::close(descriptor_); }

  Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into) override {
    const auto got =
        uninterrupted([&] { return ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset)); });
    if (got < 0) return system_failure("read", path_);
    return static_cast<std::size_t>(got);
  }

  Result<std::size_t> write_some(std::uint64_t offset, BytesView bytes) override {
    const auto put =
        uninterrupted([&] { return ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset)); });
    if (put < 0) return system_failure("write", path_);
    return static_cast<std::size_t>(put);
  }

  Result<void> sync_data() override {
    // Not called again after a failure: the second call would report success for pages that were dropped.
    if (::fdatasync(descriptor_) != 0) return system_failure("sync", path_);
    return {};
  }

  void start_write_back(std::uint64_t offset, std::uint64_t bytes) override {
    (void)::sync_file_range(descriptor_, static_cast<off_t>(offset), static_cast<off_t>(bytes), SYNC_FILE_RANGE_WRITE);
  }

  Result<std::uint64_t> size() override {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) return system_failure("find the size of", path_);
    return static_cast<std::uint64_t>(status.st_size);
  }

  Result<std::shared_ptr<Mapping>> map(std::size_t bytes, MapMode mode) override {
    const int access = mode == MapMode::read ? PROT_READ : PROT_READ | PROT_WRITE;
    void* const data = ::mmap(nullptr, bytes, access, MAP_SHARED, descriptor_, 0);
    if (data == MAP_FAILED) return system_failure("map", path_);
    return std::make_shared<PosixMapping>(data, bytes, mode);
  }

  Result<bool> try_lock() override {
    // A lock of the open file, not of the process: closing another descriptor of the same file does not drop it.
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (uninterrupted([&] { return ::fcntl(descriptor_, F_OFD_SETLK, &whole); }) == 0) return true;
    if (errno == EAGAIN || errno == EACCES) return false;
    return system_failure("lock", path_);
  }

  Result<bool> is_locked() override {
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (uninterrupted([&] { return ::fcntl(descriptor_, F_OFD_GETLK, &whole); }) != 0)
      return system_failure("look for the lock of", path_);
    return whole.l_type != F_UNLCK;
  }

  Result<bool> is_still_at(const std::string& path) override {
    struct stat opened {};
    struct stat named {};
    if (::fstat(descriptor_, &opened) != 0) return system_failure("look at", path_);
    if (::stat(path.c_str(), &named) == 0) return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
    if (errno == ENOENT) return false;
    return system_failure("look at", path);
  }

 private:
  int descriptor_;
  std::string path_;
};

int flags_of(OpenMode mode) {
  switch (mode) {
    case OpenMode::read: return O_RDONLY;
    case OpenMode::write: return O_RDWR;
    case OpenMode::create: return O_RDWR | O_CREAT;
    case OpenMode::create_new: return O_RDWR | O_CREAT | O_EXCL;
  }
  return O_RDONLY;
}

std::string parent_of(const std::string& path) {
  const auto last = path.find_last_not_of('/');
  const auto slash = last == std::string::npos ? std::string::npos : path.find_last_of('/', last);
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

Result<std::unique_ptr<File>> PosixFileSystem::open(const std::string& path, OpenMode mode) {
  // A pipe of this name would be waited for until somebody writes.
  const int flags = flags_of(mode) | O_CLOEXEC | O_NONBLOCK;
  const int descriptor = uninterrupted([&] { return ::open(path.c_str(), flags, 0644); });
  if (descriptor < 0 && errno == ENXIO) return no_regular_file(path);
  if (descriptor < 0) return system_failure("open", path);
  auto file = std::make_unique<PosixFile>(descriptor, path);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return system_failure("look at", path);
  // Of a directory its reads and writes tell, and callers know that error.
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return no_regular_file(path);
  return file;
}

Result<void> PosixFileSystem::rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return system_failure("rename", from + " to " + to);
  return {};
}

Result<void> PosixFileSystem::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0) return system_failure("remove", path);
  return {};
}

Result<std::vector<std::string>> PosixFileSystem::list(const std::string& directory) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries{::opendir(directory.c_str()), &::closedir};
  if (!entries) return system_failure("list", directory);
  std::vector<std::string> names;
  errno = 0;
  for (const dirent* entry = ::readdir(entries.get()); entry != nullptr; entry = ::readdir(entries.get())) {
    std::string name{static_cast<const char*>(entry->d_name)};
    if (name != "." && name != "..") names.push_back(std::move(name));
    errno = 0;
  }
  if (errno != 0) return system_failure("list", directory);
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> PosixFileSystem::make_directories(const std::string& directory) {
  // A file system that syncs no directory may hold directories all the same.
  const auto made = [&]() -> Result<void> {
    auto synced = sync_directory(parent_of(directory));
    return !synced && synced.error().os_errno == EINVAL ? Result<void>{} : synced;
  };
  if (::mkdir(directory.c_str(), 0755) == 0) return made();
  if (errno == ENOENT && parent_of(directory) != directory) {
    EVENTSTORE_TRY(make_directories(parent_of(directory)));
    if (::mkdir(directory.c_str(), 0755) == 0) return made();
  }
  if (errno != EEXIST) return system_failure("make directory", directory);
  struct stat status {};
  if (::stat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return {};
  errno = ENOTDIR;
  return system_failure("make directory", directory);
}

Result<void> PosixFileSystem::sync_directory(const std::string& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return system_failure("open", directory);
  const PosixFile opened{descriptor, directory};
  if (::fsync(descriptor) != 0) return system_failure("sync", directory);
  return {};
}

std::string PosixFileSystem::boot_id() {
  auto file = open("/proc/sys/kernel/random/boot_id", OpenMode::read);
  if (!file) return {};
  std::array<std::byte, 64> text{};
  auto got = (*file)->read_some(0, text);
  return got ? std::string{as_text(BytesView{text.data(), *got})} : std::string{};
}

std::string PosixFileSystem::process_name() {
  std::array<char, 65> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host = {'?'};
  return std::to_string(::getpid()) + "@" + host.data();
}

Result<void> write_all(File& file, std::uint64_t offset, BytesView bytes) {
  while (!bytes.empty()) {
    EVENTSTORE_TRY_ASSIGN(const auto put, file.write_some(offset, bytes));
    offset += put;
    bytes = bytes.subspan(put);
  }
  return {};
}

Result<std::size_t> read_all(File& file, std::uint64_t offset, std::span<std::byte> into) {
  std::size_t at = 0;
  while (at < into.size()) {
    EVENTSTORE_TRY_ASSIGN(const auto got, file.read_some(offset + at, into.subspan(at)));
    if (got == 0) break;
    at += got;
  }
  return at;
}

Result<Bytes> read_whole(File& file, std::size_t bytes_max) {
  EVENTSTORE_TRY_ASSIGN(const auto size, file.size());
  Bytes bytes(std::min<std::size_t>(size, bytes_max));
  EVENTSTORE_TRY_ASSIGN(const auto got, read_all(file, 0, bytes));
  bytes.resize(got);
  return bytes;
}

}  // namespace v1
}  // namespace eventstore
